package dev.postern.it.faults;

import static org.awaitility.Awaitility.await;

import dev.postern.it.rig.Plan;
import dev.postern.it.rig.Trial;
import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Request;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.Node;
import dev.postern.it.rig.node.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sign-outs race the touches, renewals and confirmations of the same session on all nodes. */
@Tag(Form.FAULTS)
@Tag("G10")
@Tag("I11")
class RaceFaultsIT {

    /** Sessions that are begun together, so that one wait is enough until all are due for renewal. */
    private static final int TOGETHER = 50;

    /** Sessions that are raced for at once. More wait for a processor, and time out before they race. */
    private static final int AT_ONCE = 5;

    private static final Pace PACE = Pace.RACING;

    /** A tombstone stays at least as long as the session could have lived, and a live row of any kind after that. */
    private static final long LEAST_SECONDS =
            PACE.absolute().plus(Duration.ofDays(14)).toSeconds();

    private final Queue<Long> lives = new ConcurrentLinkedQueue<>();

    @Test
    @Tag(Form.LONG)
    void noUseRevivesASessionThatIsBeingEnded() {
        int races = Form.rounds("races");
        try (Trial trial = Trial.ofMembers(new Plan("G10-races", PACE, Trial.MAJORITY))) {
            trial.startAll();
            trial.round();
            for (int done = 0; done < races; done += TOGETHER) {
                raceForMany(trial);
            }
            long shortened =
                    lives.stream().filter(seconds -> seconds < LEAST_SECONDS).count();
            trial.conclude(
                    "0 revived, 0 tombstones with too short a life",
                    lives.size() + " races of a sign-out with 6 uses; " + shortened
                            + " tombstones with too short a life",
                    shortened == 0 && lives.size() >= races / 2);
        }
    }

    private void raceForMany(Trial trial) {
        List<Held> sessions = all(TOGETHER, i -> trial.recorder().begin(node(trial, i), "user" + i)).stream()
                .filter(answer -> answer.is(Outcome.LIVE))
                .map(Held::of)
                .toList();
        long due = trial.history().now() + PACE.renewAfter().toNanos();
        await("the tokens are due for renewal")
                .atMost(PACE.renewAfter().multipliedBy(2))
                .until(() -> trial.history().now() > due);
        for (int first = 0; first < sessions.size(); first += AT_ONCE) {
            race(trial, sessions.subList(first, Math.min(first + AT_ONCE, sessions.size())));
        }
    }

    private void race(Trial trial, List<Held> sessions) {
        List<Held> renewed = renewed(trial, sessions);
        List<Answer> ends = all(sessions.size(), i -> race(trial, i, sessions.get(i), renewed.get(i)));
        List<Held> ended = IntStream.range(0, sessions.size())
                .filter(i -> ends.get(i).is(Outcome.ENDED))
                .mapToObj(sessions::get)
                .toList();
        trial.look(ended);
        all(
                ended.size(),
                i -> trial.recorder()
                        .send(node(trial, i), Request.Kind.LIFE, ended.get(i))
                        .thenApply(this::lived));
    }

    /** Half of them take up a successor before the race, which confirms it then; the others are offered one in it. */
    private static List<Held> renewed(Trial trial, List<Held> sessions) {
        List<Answer> answers = all(
                sessions.size(),
                i -> i % 2 == 0
                        ? trial.recorder().send(node(trial, i), Request.Kind.RESUME, sessions.get(i))
                        : CompletableFuture.completedFuture(Answer.NONE));
        return IntStream.range(0, sessions.size())
                .mapToObj(i -> sessions.get(i).after(answers.get(i)))
                .toList();
    }

    /** What became of the sign-out, once all have been answered. */
    private static CompletableFuture<Answer> race(Trial trial, int number, Held old, Held renewed) {
        List<CompletableFuture<Answer>> uses = new ArrayList<>();
        uses.addAll(uses(trial, number, old, renewed));
        CompletableFuture<Answer> end = trial.recorder().send(node(trial, number), Request.Kind.END, renewed);
        uses.addAll(uses(trial, number + 1, old, renewed));
        return CompletableFuture.allOf(uses.toArray(CompletableFuture[]::new))
                .thenCombine(end, (nothing, answer) -> answer);
    }

    private static List<CompletableFuture<Answer>> uses(Trial trial, int number, Held old, Held renewed) {
        return List.of(
                trial.recorder().send(node(trial, number), Request.Kind.RESUME, renewed),
                trial.recorder().send(node(trial, number + 1), Request.Kind.RESUME, old),
                trial.recorder().send(node(trial, number + 2), Request.Kind.RESUME, renewed));
    }

    private Answer lived(Answer answer) {
        lives.add(answer.is(Outcome.ENDED) ? Long.parseLong(answer.reason()) : 0L);
        return answer;
    }

    /** Asks for all at once, and waits for all answers. */
    private static List<Answer> all(int number, IntFunction<CompletableFuture<Answer>> request) {
        List<CompletableFuture<Answer>> pending =
                IntStream.range(0, number).mapToObj(request).toList();
        return pending.stream().map(CompletableFuture::join).toList();
    }

    private static Node node(Trial trial, int number) {
        return trial.cluster().node(Cluster.NODES.get(number % Cluster.NODES.size()));
    }
}
