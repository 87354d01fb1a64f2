package dev.postern.bench.http;

import dev.postern.it.Rig;
import java.time.Duration;

/**
 * How much is done in one part of a run.
 *
 * @param rounds how often each variant has its turn
 * @param length how long a turn is
 * @param warmUp how long each variant is asked before the first round
 * @param connections how many are kept alive at once to each node; each asks its next request when it has its answer
 * @param users how many are signed in to each variant
 */
record BenchPlan(int rounds, Duration length, Duration warmUp, int connections, int users) {

    /** Below this a round tells nothing. */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    static BenchPlan ofTheBuild() {
        return new BenchPlan(
                Rig.number("bench.http.rounds"),
                Duration.parse(Rig.value("bench.http.length")),
                Duration.parse(Rig.value("bench.http.warm-up")),
                Rig.number("bench.http.connections"),
                Rig.number("bench.http.users"));
    }

    /** Whether it only shows that the benchmark starts. */
    boolean isSmoke() {
        return length.compareTo(SHORTEST) < 0;
    }
}
