package dev.postern.bench;

import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.HazelcastSettings;
import dev.postern.hazelcast.GridSource;
import dev.postern.session.Lifespan;
import dev.postern.session.PerUser;
import dev.postern.session.Renewal;
import dev.postern.session.RowCodec;
import dev.postern.session.RowTtl;
import dev.postern.session.SessionPolicy;
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
    static final SessionPolicy LIMITS =
            limits(new Renewal(Duration.ofMinutes(15), Duration.ofSeconds(60), Renewal.OnReuse.REVOKE));

    private static final int BACKUPS = 2;

    private Member() {}

    static SessionPolicy limits(Renewal renewal) {
        return new SessionPolicy(
                new Lifespan(Duration.ofMinutes(30), Duration.ofHours(12)),
                new Lifespan(Duration.ofDays(14), Duration.ofDays(30)),
                renewal,
                Duration.ofHours(1),
                PerUser.UNLIMITED);
    }

    /** The grid of this JVM, which has a member as the file of the benchmarks says. */
    static Grid open() {
        return Grid.open(
                NAMESPACE,
                new HazelcastSettings(
                        GridSource.EMBEDDED,
                        Optional.of(System.getProperty("bench.hazelcast", "src/bench/hazelcast.xml")),
                        List.of(),
                        BACKUPS,
                        1),
                new RowTtl(RowCodec.plain(), LIMITS));
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
