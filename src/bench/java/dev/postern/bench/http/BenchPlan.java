package dev.postern.bench.http;

import dev.postern.it.Rig;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much is done in one part of a run.
 *
 * @param warmUp how long busy users ask each way before the first round
 * @param connections how many are kept alive at once to each node; each asks its next request when it has its answer
 * @param users the loads, one after the other on the same servers; one of no rounds is left out, and with the busy ones the warm-up
 */
record BenchPlan(Duration warmUp, int connections, List<UserLoad> users) {

    /** Below this a round tells nothing. */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    static BenchPlan ofTheBuild() {
        return new BenchPlan(
                Duration.parse(Rig.value("bench.http.warm-up")),
                Rig.number("bench.http.connections"),
                Stream.of(UserLoad.busy(), UserLoad.occasional())
                        .filter(users -> users.rounds() > 0)
                        .toList());
    }

    /** Whether it only shows that the benchmark starts. */
    boolean isSmoke() {
        return users.stream().anyMatch(each -> each.length().compareTo(SHORTEST) < 0);
    }
}
