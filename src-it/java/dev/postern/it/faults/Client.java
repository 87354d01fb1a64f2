package dev.postern.it.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody with a token jar, who signs in, uses the session, takes up the successors of the token, and signs out; a sign-out that failed is
 * tried again until it is acknowledged. One request at a time.
 *
 * <p>For one request at a time.
 */
final class Client {

    private final Wire wire;
    private final String user;
    private volatile Optional<Held> jar = Optional.empty();
    private volatile Optional<Held> first = Optional.empty();
    private volatile long replacedAt;
    private volatile boolean isLeaving;
    private volatile boolean isOver;

    Client(Wire wire, String user) {
        this.wire = wire;
        this.user = user;
    }

    Optional<Held> jar() {
        return jar;
    }

    boolean isSignedIn() {
        return jar.isPresent();
    }

    boolean isLeaving() {
        return isLeaving;
    }

    /** Whether it was told that its session is over, and has to sign in again. */
    boolean isOver() {
        return isOver;
    }

    CompletableFuture<Answer> signIn(NodeProcess node) {
        return wire.begin(node, user).thenApply(this::signedIn);
    }

    private Answer signedIn(Answer answer) {
        if (answer.is(Answer.Outcome.LIVE)) {
            jar = Optional.of(Held.of(answer));
            first = jar;
            replacedAt = 0;
            isOver = false;
        }
        return answer;
    }

    CompletableFuture<Answer> use(NodeProcess node) {
        Held held = jar.orElseThrow();
        return wire.send(node, Request.Kind.RESUME, held).thenApply(answer -> {
            jar = Optional.of(held.after(answer));
            if (replacedAt == 0 && answer.is(Answer.Outcome.LIVE) && !first.equals(Optional.of(held))) {
                replacedAt = System.nanoTime();
            }
            isOver = answer.is(Answer.Outcome.OVER);
            return answer;
        });
    }

    /** The first token of the session, once a successor of it has been in use for so long. */
    Optional<Held> copy(Duration age) {
        return replacedAt != 0 && System.nanoTime() - replacedAt > age.toNanos() ? first : Optional.empty();
    }

    CompletableFuture<Answer> signOut(NodeProcess node) {
        isLeaving = true;
        return wire.send(node, Request.Kind.END, jar.orElseThrow()).thenApply(answer -> {
            if (answer.is(Answer.Outcome.ENDED)) {
                isLeaving = false;
                jar = Optional.empty();
            }
            return answer;
        });
    }
}
