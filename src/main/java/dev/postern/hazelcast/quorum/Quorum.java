package dev.postern.hazelcast.quorum;

import dev.postern.PosternException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether enough members are present for an answer of the grid to count ({@code postern.cache.minimum-members}). In a
 * minority a row that exists reads as absent (D7), and Hazelcast does not report that (D17).
 *
 * <p>It is not enough to count Hazelcast's list of members, because a member that is cut off still lists the others:
 *
 * <ul>
 *   <li>It drops them one by one, and acknowledges a write as soon as it has dropped those that should hold a backup.
 *       So after a loss no answer counts before enough of the listed members have answered a {@link QuorumPoll}.
 *   <li>Others may drop it before it drops any of them, and write rows that it does not know of. So a row counts as
 *       absent only if enough members have answered a poll that began after the call did.
 *   <li>A member that was frozen wakes with its old list and its old rows, and others may have gone on without it (D8).
 *       It cannot know for how long it has slept, but it counted no row meanwhile. So after a silence no row counts
 *       before enough members have answered a poll. A monotonic clock that stood still as well, as in a suspended
 *       machine, hides the silence.
 * </ul>
 *
 * <p>With a minimum of one every answer counts. A client learns later than a member that a member has gone, so it may
 * count an answer that a member would not.
 *
 * <p>Safe for concurrent use. One lock, this object, guards the quorum and its polls. Members are polled and waiting
 * callers are woken without it; only {@link Members#present} runs under it.
 */
public final class Quorum {

    private static final CompletionStage<@Nullable Void> YES = CompletableFuture.completedFuture(null);

    /** How long later calls wait for a slow poll before one of them begins another. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A pause in the calls of {@link #confirm} that may be a sleep. Others drop a member asleep for ten seconds. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    /** How exactly the time of the last call is known. Most calls write nothing that other threads read. */
    private static final Duration GRAIN = Duration.ofMillis(100);

    private final Members clusterMembers;
    private final int minimum;
    private final LongSupplier nanoTime;

    /** The listed members, if none has gone since enough have answered a poll; null after a loss. */
    private volatile @Nullable Set<UUID> trusted;

    /** The time of the last {@link #confirm}. It may be too early, never too late. */
    private volatile long lastCall;

    private @Nullable QuorumPoll last;
    private int losses;

    public Quorum(Members clusterMembers, int minimum) {
        this(clusterMembers, minimum, System::nanoTime);
    }

    Quorum(Members clusterMembers, int minimum, LongSupplier nanoTime) {
        this.clusterMembers = clusterMembers;
        this.minimum = minimum;
        this.nanoTime = nanoTime;
        this.lastCall = nanoTime.getAsLong();
    }

    /** The members that were listed when a call began, and the time of that. */
    public record Entered(Set<UUID> members, long nanoTime) {

        private static final Entered UNCOUNTED = new Entered(Set.of(), 0);
    }

    /** Begins a call. Throws {@link PosternException} if too few members are listed. */
    public Entered enter() {
        return minimum == 1 ? Entered.UNCOUNTED : new Entered(listed(), nanoTime.getAsLong());
    }

    /**
     * Completes when the answer of a call counts: at once, unless a member has gone since the call began or since the
     * last poll, or there was a silence. Fails if too few members can answer. May never complete, so it needs a
     * deadline. Throws {@link PosternException} if too few members are listed.
     */
    public CompletionStage<@Nullable Void> confirm(Entered began) {
        if (minimum == 1) {
            return YES;
        }
        noticeSilence();
        Set<UUID> present = listed();
        return present.equals(trusted) && present.containsAll(began.members()) ? YES : poll(began, false);
    }

    /** Like {@link #confirm}, for a call that found no row: only a poll that began after the call confirms that. */
    public CompletionStage<@Nullable Void> confirmAbsence(Entered began) {
        return minimum == 1 ? YES : poll(began, true);
    }

    private void noticeSilence() {
        long now = nanoTime.getAsLong();
        long silence = now - lastCall;
        if (silence > SILENCE.toNanos()) {
            distrust();
        } else if (silence > GRAIN.toNanos()) {
            lastCall = now;
        }
    }

    /** A poll that was answered before a silence proves nothing about the time after it, like one before a loss. */
    private synchronized void distrust() {
        long now = nanoTime.getAsLong();
        if (now - lastCall > SILENCE.toNanos()) { // no other call has been here since
            trusted = null;
            last = null;
            losses++;
            lastCall = now; // last: until then all calls come here
        }
    }

    private CompletionStage<@Nullable Void> poll(Entered began, boolean isAbsent) {
        QuorumPoll next;
        synchronized (this) {
            Set<UUID> present = listed();
            boolean mustBeNewer = isAbsent || !present.containsAll(began.members());
            noticeLoss(present, began);
            if (trusted != null && !mustBeNewer) {
                return YES;
            }
            QuorumPoll known = last;
            if (known != null && isOf(present, known) && (known.isNewerThan(began) || !mustBeNewer)) {
                return known.result();
            }
            next = new QuorumPoll(present, minimum, nanoTime.getAsLong(), losses);
            last = next;
        }
        ask(next);
        return next.result();
    }

    /** A poll that was answered before a loss proves nothing about the time after it. Guarded by this. */
    private void noticeLoss(Set<UUID> present, Entered began) {
        QuorumPoll known = last;
        boolean isPolledSince = known != null && isOf(present, known) && known.isNewerThan(began);
        boolean seesLoss = !present.containsAll(began.members());
        if ((trusted != null && !present.containsAll(trusted)) || (seesLoss && !isPolledSince)) {
            trusted = null;
            last = null;
            losses++;
        } else if (seesLoss && known != null && known.isOpen()) {
            trusted = null;
        } else if (trusted != null) {
            trusted = present;
        }
    }

    /** Whether a call that sees these members may rely on the poll. Guarded by this. */
    private boolean isOf(Set<UUID> present, QuorumPoll known) {
        boolean isLate = nanoTime.getAsLong() - known.since() > PATIENCE.toNanos();
        return known.asked().equals(present) && (known.isAnswered() || (known.isOpen() && !isLate));
    }

    /** A member may answer at once, on this thread. */
    private void ask(QuorumPoll poll) {
        try {
            Optional<UUID> self = clusterMembers.self();
            Map<UUID, ? extends CompletionStage<?>> answers = clusterMembers.ask(poll.asked());
            take(() -> begin(poll, self, answers.size()));
            answers.forEach((member, answer) -> answer.whenCompleteAsync(
                    (any, failure) -> take(() -> count(poll, member, failure)), Runnable::run));
        } catch (PosternException e) {
            take(() -> Optional.of(poll.fail(e)));
        }
    }

    private Optional<Runnable> begin(QuorumPoll poll, Optional<UUID> self, int answers) {
        poll.begin(self, answers);
        return answers == 0 ? judge(poll, null) : Optional.empty();
    }

    private Optional<Runnable> count(QuorumPoll poll, UUID member, @Nullable Throwable failure) {
        poll.count(member, failure == null);
        return judge(poll, failure);
    }

    /** Takes a step of a poll under the lock, and runs without it what the step leaves to do. */
    private void take(Supplier<Optional<Runnable>> step) {
        Optional<Runnable> wakeUp;
        synchronized (this) {
            wakeUp = step.get();
        }
        wakeUp.ifPresent(Runnable::run);
    }

    /** Decides the poll if it can be decided. Answers what is to run without the lock. Guarded by this. */
    private Optional<Runnable> judge(QuorumPoll poll, @Nullable Throwable failure) {
        if (!poll.isOpen()) {
            return Optional.empty();
        }
        try {
            Set<UUID> present = listed();
            if (poll.isAnsweredByEnoughOf(present)) {
                trust(present, poll);
                return Optional.of(poll.succeed());
            }
            return poll.isComplete() ? Optional.of(poll.fail(tooFew(failure))) : Optional.empty();
        } catch (PosternException e) {
            return Optional.of(poll.fail(e));
        }
    }

    /** Trusts these members unless one has gone since the poll began. Guarded by this. */
    private void trust(Set<UUID> present, QuorumPoll poll) {
        Set<UUID> known = trusted;
        if (losses == poll.lossesBefore()
                && present.containsAll(poll.asked())
                && (known == null || present.containsAll(known))) {
            trusted = present;
        }
    }

    private Set<UUID> listed() {
        Set<UUID> present = clusterMembers.present();
        if (present.size() < minimum) {
            throw new PosternException(
                    "The cluster has fewer than " + minimum + " members (postern.cache.minimum-members).");
        }
        return present;
    }

    private static PosternException tooFew(@Nullable Throwable failure) {
        String sentence = "Fewer members answer than postern.cache.minimum-members demands.";
        return failure == null ? new PosternException(sentence) : new PosternException(sentence, failure);
    }

    /**
     * The members that hold rows, as this node sees them. Every method throws {@link PosternException} if the grid is
     * broken.
     */
    public interface Members {

        /** The members that Hazelcast lists, this node included. Never waits for another member. */
        Set<UUID> present();

        /** This node; empty if it holds no rows. */
        Optional<UUID> self();

        /** Asks each of these but this node. A member that owns no partition yet is not asked, and has no entry. */
        Map<UUID, ? extends CompletionStage<?>> ask(Set<UUID> members);
    }
}
