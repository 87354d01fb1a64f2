package dev.postern.it.rig.load;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Page;
import dev.postern.it.rig.client.Request.Kind;
import dev.postern.it.rig.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A browser: it signs in, uses the session, takes up the successors of the token, and signs out; a sign-out that failed is tried again until
 * it is acknowledged.
 *
 * <p>For one request at a time.
 */
final class Client {

    private final Recorder recorder;
    private final List<String> names;
    private int signIns;
    private volatile Held held = Held.NOTHING;
    private volatile Held first = Held.NOTHING;
    private volatile long replacedAt;
    private volatile boolean isLeaving;
    private volatile boolean isOver;

    /** Signs in as each of the names in turn; without any it stays anonymous. */
    Client(Recorder recorder, List<String> names) {
        this.recorder = recorder;
        this.names = names;
    }

    Held held() {
        return held;
    }

    boolean isAnonymous() {
        return names.isEmpty();
    }

    boolean isSignedIn() {
        return !held.isNothing();
    }

    boolean isLeaving() {
        return isLeaving;
    }

    /** Whether it was told that its session is over, and has to sign in again. */
    boolean isOver() {
        return isOver;
    }

    void forget() {
        isOver = false;
        held = Held.NOTHING;
    }

    /** Signs in as the next of its names, over the session that it has, if any. */
    CompletableFuture<Answer> signIn(Node node) {
        Held former = held;
        return recorder.begin(node, names.get(signIns++ % names.size()), former)
                .thenApply(answer -> signedIn(former, answer));
    }

    private Answer signedIn(Held former, Answer answer) {
        if (answer.is(Outcome.LIVE)) {
            held = Held.of(answer);
            first = held;
            replacedAt = 0;
        } else {
            // the answer may have been lost, and the former session be over
            isLeaving = !former.isNothing();
        }
        return answer;
    }

    /** Reads the page, with its session if it has one. */
    CompletableFuture<Answer> use(Node node, Page page) {
        Held presented = held;
        return recorder.read(node, page, presented).thenApply(answer -> {
            if (!presented.isNothing()) {
                used(presented, answer);
            }
            return answer;
        });
    }

    private void used(Held presented, Answer answer) {
        held = presented.after(answer);
        if (replacedAt == 0 && answer.is(Outcome.LIVE) && !first.equals(presented)) {
            replacedAt = System.nanoTime();
        }
        isOver = answer.isOver();
    }

    /** The first token of the session, once a successor of it has been in use for so long. */
    Optional<Held> copy(Duration age) {
        return replacedAt != 0 && System.nanoTime() - replacedAt > age.toNanos()
                ? Optional.of(first)
                : Optional.empty();
    }

    CompletableFuture<Answer> signOut(Node node) {
        isLeaving = true;
        return recorder.send(node, Kind.END, held).thenApply(answer -> {
            if (answer.is(Outcome.ENDED)) {
                isLeaving = false;
                held = Held.NOTHING;
            }
            return answer;
        });
    }
}
