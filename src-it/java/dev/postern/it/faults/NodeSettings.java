package dev.postern.it.faults;

import dev.postern.hazelcast.GridSettings;
import dev.postern.hazelcast.GridSource;
import dev.postern.hazelcast.MemberAddress;
import dev.postern.session.Lifespan;
import dev.postern.session.PerUser;
import dev.postern.session.Renewal;
import dev.postern.session.SessionLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a node is told: where its cluster is, how many members make an answer count, and the times of its sessions. The rig passes it as
 * system properties, and the node reads it from them.
 *
 * <p>Immutable.
 */
record NodeSettings(String namespace, String members, int minimumMembers, Pace pace) {

    private static final String PREFIX = "-D";
    private static final String NAMESPACE = "faults.namespace";
    private static final String MEMBERS = "faults.members";
    private static final String MINIMUM = "faults.minimum-members";
    private static final String PACE = "faults.pace";
    private static final int BACKUPS = 2;

    /** How fast sessions age: their idle and absolute limit, the age of a secret that is renewed, its grace, and the touch. */
    record Pace(Duration idle, Duration absolute, Duration renewAfter, Duration grace, Duration touchEvery) {

        /** The limits of a production, with secrets that are renewed every few seconds. */
        static final Pace BRISK = new Pace(
                Duration.ofMinutes(30),
                Duration.ofHours(12),
                Duration.ofSeconds(6),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1));

        /** The same, for requests that hang for up to a minute without being old enough to be taken for a copy. */
        static final Pace PATIENT = new Pace(
                Duration.ofMinutes(30),
                Duration.ofHours(12),
                Duration.ofSeconds(21),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1));

        /** Every use writes. */
        static final Pace RACING = new Pace(
                Duration.ofMinutes(30),
                Duration.ofHours(12),
                Duration.ofSeconds(2),
                Duration.ofMillis(1900),
                Duration.ZERO);

        SessionLimits limits() {
            return new SessionLimits(
                    new Lifespan(idle, absolute),
                    new Lifespan(Duration.ofDays(14), Duration.ofDays(30)),
                    new Renewal(renewAfter, grace, Renewal.OnReuse.REVOKE),
                    touchEvery,
                    PerUser.UNLIMITED);
        }

        private String text() {
            return String.join(
                    ",",
                    List.of(idle, absolute, renewAfter, grace, touchEvery).stream()
                            .map(Duration::toString)
                            .toList());
        }

        private static Pace of(String text) {
            List<Duration> times =
                    List.of(text.split(",", -1)).stream().map(Duration::parse).toList();
            return new Pace(times.get(0), times.get(1), times.get(2), times.get(3), times.get(4));
        }
    }

    static NodeSettings read() {
        return new NodeSettings(
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

    GridSettings grid() {
        return new GridSettings(
                GridSource.EMBEDDED, Optional.empty(), MemberAddress.parse(members), BACKUPS, minimumMembers);
    }
}
