package dev.postern.hazelcast.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the grid.
 *
 * <p>Immutable.
 *
 * @param source where the Hazelcast instance comes from
 * @param file a Hazelcast configuration: a path, or a resource of the class path
 * @param members the members of the cluster, for an embedded member or a client without a file
 * @param backups how many backups a row has, from 0 to 6
 * @param minimumMembers how many members must be present before any answer counts, at least 1
 */
public record HazelcastSettings(
        Source source, Optional<String> file, List<MemberAddress> members, int backups, int minimumMembers) {

    public static final int MOST_BACKUPS = 6;
    public static final int MOST_MINIMUM_MEMBERS = 100;

    public HazelcastSettings {
        members = List.copyOf(members);
        List<String> wrong = contradictions(source, file.isPresent(), !members.isEmpty());
        if (backups < 0 || backups > MOST_BACKUPS) {
            wrong.add("postern.cache.backups is " + backups + ", and must be from 0 to " + MOST_BACKUPS + ".");
        }
        if (minimumMembers < 1 || minimumMembers > MOST_MINIMUM_MEMBERS) {
            wrong.add("postern.cache.minimum-members is " + minimumMembers + ", and must be from 1 to "
                    + MOST_MINIMUM_MEMBERS + ".");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", wrong));
        }
    }

    /** Settings for an embedded member without others. */
    public static HazelcastSettings alone() {
        return new HazelcastSettings(Source.EMBEDDED, Optional.empty(), List.of(), 2, 1);
    }

    private static List<String> contradictions(Source source, boolean hasFile, boolean hasMembers) {
        List<String> wrong = new ArrayList<>();
        if (hasFile && hasMembers) {
            wrong.add("postern.cache.config and postern.cache.members exclude each other: the file lists the members.");
        }
        if (source == Source.CLIENT && !hasFile && !hasMembers) {
            wrong.add("A client (postern.cache.hazelcast) needs postern.cache.config or postern.cache.members.");
        }
        if (source == Source.SERVER && (hasFile || hasMembers)) {
            wrong.add("The server's own Hazelcast (postern.cache.hazelcast) takes neither postern.cache.config nor"
                    + " postern.cache.members: the server configures it.");
        }
        return wrong;
    }

    /** Where the Hazelcast instance comes from. */
    public enum Source {
        /** The server's own if it has one, else an embedded member. */
        AUTO,
        /** The server's own, found by JNDI. */
        SERVER,
        /** A member that Postern starts inside the application. */
        EMBEDDED,
        /** A client of a cluster that runs elsewhere. */
        CLIENT
    }
}
