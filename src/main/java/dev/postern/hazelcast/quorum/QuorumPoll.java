package dev.postern.hazelcast.quorum;

import dev.postern.PosternException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The state of one poll: which members were asked, and which have answered. A member that answers still has this node
 * in its own list of members, because it rejects strangers.
 *
 * <p>Guarded by the lock of its {@link Quorum}. Only the result may be used without it.
 */
final class QuorumPoll {

    private enum State {
        OPEN,
        ANSWERED,
        FAILED
    }

    private final Set<UUID> asked;
    private final int minimum;
    private final long since;
    private final int lossesBefore;
    private final Set<UUID> heard = new HashSet<>();
    private final CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
    private State state = State.OPEN;
    private int outstanding;

    /**
     * A poll that has asked no member yet.
     *
     * @param since the time of its begin, in nanoseconds
     * @param lossesBefore how many losses of members the quorum had noticed by then
     */
    QuorumPoll(Set<UUID> asked, int minimum, long since, int lossesBefore) {
        this.asked = asked;
        this.minimum = minimum;
        this.since = since;
        this.lossesBefore = lossesBefore;
    }

    Set<UUID> asked() {
        return asked;
    }

    long since() {
        return since;
    }

    int lossesBefore() {
        return lossesBefore;
    }

    /** Completes when enough members have answered. Fails if too few can, and may never complete. */
    CompletionStage<@Nullable Void> result() {
        return result;
    }

    boolean isNewerThan(Quorum.Entered began) {
        return since - began.nanoTime() > 0;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isAnswered() {
        return state == State.ANSWERED;
    }

    /** The members have been asked. This node counts as heard, and need not ask itself. */
    void begin(Optional<UUID> self, int answers) {
        self.ifPresent(heard::add);
        outstanding = answers;
    }

    /** A member has answered, or its answer has failed. */
    void count(UUID member, boolean isAnswer) {
        outstanding--;
        if (isAnswer) {
            heard.add(member);
        }
    }

    /** Counts only members that are listed now: an answer in the name of one that has gone came from another member. */
    boolean isAnsweredByEnoughOf(Set<UUID> present) {
        return heard.stream().filter(present::contains).count() >= minimum;
    }

    /** Whether every member that was asked has answered or failed. */
    boolean isComplete() {
        return outstanding == 0;
    }

    /** Ends the poll. The returned action completes the result, and is to run without the lock. */
    Runnable succeed() {
        state = State.ANSWERED;
        return () -> result.complete(null);
    }

    /** Ends the poll without enough answers. The returned action fails the result, and is to run without the lock. */
    Runnable fail(PosternException failure) {
        state = State.FAILED;
        return () -> result.completeExceptionally(failure);
    }
}
