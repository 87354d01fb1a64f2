package dev.postern.bench;

import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.SessionTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A member of the cluster in a JVM of its own. It ends when its standard input does, so that none outlives a benchmark. */
final class Member {

    /** The namespace of the sessions. */
    static final String NAMESPACE = "bench";

    /**
     * Those of the product, but that no use is written down while a benchmark runs: with very many sessions it takes longer than a minute
     * to begin them all, and each would be due then.
     */
    static final SessionPolicy LIMITS = limits(new SessionPolicy.Renewal(
            Duration.ofMinutes(15), Duration.ofSeconds(60), SessionPolicy.Renewal.OnReuse.REVOKE));

    private static final int BACKUPS = 2;

    private Member() {}

    static SessionPolicy limits(SessionPolicy.Renewal renewal) {
        return new SessionPolicy(
                new SessionTimes.Limits(Duration.ofMinutes(30), Duration.ofHours(12)),
                new SessionTimes.Limits(Duration.ofDays(14), Duration.ofDays(30)),
                renewal,
                Duration.ofHours(1),
                SessionPolicy.PerUser.UNLIMITED);
    }

    /** The grid of this JVM, which has a member as the file of the benchmarks says. */
    static Grid open() {
        return Grid.open(
                NAMESPACE,
                new HazelcastSettings(
                        HazelcastSettings.Source.EMBEDDED,
                        Optional.of(System.getProperty("bench.hazelcast", "src/bench/hazelcast.xml")),
                        List.of(),
                        BACKUPS,
                        1),
                new RowTtl(RowCodec.plain(), LIMITS.longestIdle(), LIMITS.longestAbsolute()));
    }

    public static void main(String[] args) throws IOException {
        Grid grid = open();
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        grid.close();
        Runtime.getRuntime().halt(0);
    }
}
