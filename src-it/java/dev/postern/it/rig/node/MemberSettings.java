package dev.postern.it.rig.node;

import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.hazelcast.setup.MemberAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a node is told: where its cluster is, how many members make an answer count, and the times of its sessions. The rig passes it as
 * system properties, and the node reads it from them.
 *
 * <p>Immutable.
 */
public record MemberSettings(String namespace, String members, int minimumMembers, Pace pace) {

    private static final String PREFIX = "-D";
    private static final String NAMESPACE = "faults.namespace";
    private static final String MEMBERS = "faults.members";
    private static final String MINIMUM = "faults.minimum-members";
    private static final String PACE = "faults.pace";
    private static final int BACKUPS = 2;

    static MemberSettings read() {
        return new MemberSettings(
                System.getProperty(NAMESPACE),
                System.getProperty(MEMBERS),
                Integer.getInteger(MINIMUM, 1),
                Pace.of(System.getProperty(PACE)));
    }

    List<String> arguments() {
        return List.of(
                PREFIX + NAMESPACE + "=" + namespace,
                PREFIX + MEMBERS + "=" + members,
                PREFIX + MINIMUM + "=" + minimumMembers,
                PREFIX + PACE + "=" + pace.text());
    }

    HazelcastSettings grid() {
        return new HazelcastSettings(
                HazelcastSettings.Source.EMBEDDED,
                Optional.empty(),
                MemberAddress.parse(members),
                BACKUPS,
                minimumMembers);
    }
}
