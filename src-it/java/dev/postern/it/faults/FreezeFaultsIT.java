package dev.postern.it.faults;

import dev.postern.it.rig.Plan;
import dev.postern.it.rig.Trial;
import dev.postern.it.rig.client.Request.Kind;
import dev.postern.it.rig.judge.Call;
import dev.postern.it.rig.judge.Tally;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.Pace;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node, and with it the owner of a third of the rows, is frozen with SIGSTOP under load, and resumed. */
@Tag(Form.FAULTS)
@Tag(Form.ON_SERVERS)
@Tag("G9")
@Tag("G12")
@Tag("G13")
class FreezeFaultsIT {

    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration AWAKENING = Duration.ofSeconds(5);
    private static final List<Integer> SECONDS = List.of(15, 5, 30, 8, 60);

    /** The longest stale answer after the node went on, in milliseconds, and the longest waits on the others. */
    private record Figures(long stale, Map<Kind, Long> waits) {

        Figures or(Figures other) {
            Map<Kind, Long> longest = new EnumMap<>(Kind.class);
            longest.putAll(waits);
            other.waits.forEach((kind, wait) -> longest.merge(kind, wait, Math::max));
            return new Figures(Math.max(stale, other.stale), longest);
        }

        long longest() {
            return waits.values().stream().max(Comparator.naturalOrder()).orElse(0L);
        }
    }

    @Test
    @Tag(Form.LONG)
    void aFrozenNodeForgetsNoSignOutForLongWhenNodesAreStrict() {
        freeze("G13-freeze-majority", Trial.MAJORITY, Form.rounds("freezes"), 500);
    }

    @Test
    @Tag(Form.LONG)
    void aFrozenNodeForgetsNoSignOutForLongWhenNodesAreOpen() {
        freeze("G13-freeze-open", Trial.OPEN, Form.rounds("open-freezes"), 3000);
    }

    private static void freeze(String name, int minimumMembers, int rounds, long mostStale) {
        Figures figures = new Figures(0, Map.of());
        try (Trial trial = Trial.of(new Plan(name, Pace.PATIENT, minimumMembers))) {
            trial.startAll();
            for (int round = 0; round < rounds; round++) {
                Duration length = Duration.ofSeconds(SECONDS.get(round % SECONDS.size()));
                figures = figures.or(freeze(trial, Cluster.NODES.get(round % 3), length));
            }
            trial.auditAll();
            trial.conclude(
                    "ended sessions let in for at most " + mostStale
                            + " ms after the node goes on, 0 after that; meanwhile the others answer within 1200 ms",
                    "let in for at most " + figures.stale + " ms after it; the others answered within "
                            + figures.longest() + " ms (" + figures.waits + ")",
                    figures.stale <= mostStale && figures.longest() <= 1200,
                    figures.stale <= mostStale * Form.BEARABLE && figures.longest() <= 1200 * Form.BEARABLE);
        }
    }

    private static Figures freeze(Trial trial, String victim, Duration length) {
        trial.round();
        trial.load().run(CALM);
        long from = trial.history().now();
        trial.cluster().node(victim).signal("STOP");
        trial.load().run(length);
        trial.was("freeze", victim, from);
        trial.cluster().node(victim).signal("CONT");
        long awake = trial.history().now();
        trial.load().run(AWAKENING);
        trial.awaitUnderLoad(trial::isWhole);
        trial.runUntilMerged();
        trial.wereApart(from, awake, sides(victim));
        trial.load().run(CALM);
        trial.audit();
        List<Call> round = trial.history().calls().stream()
                .filter(call -> call.sentAt() >= from)
                .toList();
        return new Figures(staleAfter(round, victim, awake), longestWaits(round, victim, awake));
    }

    private static List<Set<String>> sides(String victim) {
        Set<String> others = Set.copyOf(
                Cluster.NODES.stream().filter(Predicate.not(victim::equals)).toList());
        return List.of(Set.of(victim), others);
    }

    /** How long after it went on the node let ended sessions in, in milliseconds. */
    private static long staleAfter(List<Call> round, String victim, long awake) {
        return new Tally(round, List.of(), List.of())
                .stale().stream()
                        .filter(call -> call.request().node().equals(victim))
                        .mapToLong(call -> (call.answeredAt() - awake) / 1_000_000)
                        .max()
                        .orElse(0);
    }

    /** How long requests of each kind took on the others while the node was frozen, in milliseconds. */
    private static Map<Kind, Long> longestWaits(List<Call> round, String victim, long awake) {
        return round.stream()
                .filter(call -> call.sentAt() < awake && !call.request().node().equals(victim))
                .collect(Collectors.toMap(call -> call.request().kind(), Call::millis, Math::max));
    }
}
