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
import org.jspecify.annotations.Nullable;

/**
 * Whether enough members are there for an answer of the grid to count ({@code postern.cache.minimum-members}). In a
 * minority a row that exists reads as absent (D7), and the grid does not say so by itself (D17).
 *
 * <p>To count them is not enough, because a member that is cut off still counts the others:
 *
 * <ul>
 *   <li>It takes them for dead one after the other, and answers a write as soon as it has given up those that should
 *       hold a copy. So once a member has gone, nothing counts before enough of those that seem to be left have
 *       answered a {@link QuorumPoll}.
 *   <li>Others may have given it up before it gives up any of them, and write rows that it knows nothing of. So a row
 *       counts as absent only when enough have answered a question that was asked after the row was.
 * </ul>
 *
 * <p>A client hears of members later than a member does, so it may count what a member would not. Safe for concurrent
 * use. A question may call this while it holds its own lock, so this calls none while it holds its own.
 */
public final class Quorum {

    private static final CompletionStage<@Nullable Void> YES = CompletableFuture.completedFuture(null);

    /** How long calls that come later wait for an answer that is slow, before one of them asks again. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Members clusterMembers;
    private final int minimum;
    private final LongSupplier nanoTime;

    /** The members that are there, when none has gone since enough have answered; null after a loss. */
    private volatile @Nullable Set<UUID> trusted;

    private @Nullable Asked last;
    private int losses;

    public Quorum(Members clusterMembers, int minimum) {
        this(clusterMembers, minimum, System::nanoTime);
    }

    Quorum(Members clusterMembers, int minimum, LongSupplier nanoTime) {
        this.clusterMembers = clusterMembers;
        this.minimum = minimum;
        this.nanoTime = nanoTime;
    }

    /** Who was there when a call began, and when that was. */
    public record Entered(Set<UUID> members, long nanoTime) {

        private static final Entered UNCOUNTED = new Entered(Set.of(), 0);
    }

    /** A question, and when it was asked. */
    private record Asked(QuorumPoll poll, long since) {

        boolean isNewerThan(Entered began) {
            return since - began.nanoTime() > 0;
        }
    }

    /** Before a call. Throws {@link PosternException} when there are too few. */
    public Entered enter() {
        return minimum == 1 ? Entered.UNCOUNTED : new Entered(members(clusterMembers, minimum), nanoTime.getAsLong());
    }

    /**
     * Done when what a call has brought counts: at once, unless a member has gone since it began, or since enough have
     * answered. Fails when they cannot, and may never end, so it needs a deadline. Throws {@link PosternException} when
     * there are too few.
     */
    public CompletionStage<@Nullable Void> leave(Entered began) {
        if (minimum == 1) {
            return YES;
        }
        Set<UUID> present = members(clusterMembers, minimum);
        return present.equals(trusted) && present.containsAll(began.members()) ? YES : answered(began, false);
    }

    /** Leaves a call that has found no row where there may be one. */
    public CompletionStage<@Nullable Void> leaveWithNothing(Entered began) {
        return minimum == 1 ? YES : answered(began, true);
    }

    private CompletionStage<@Nullable Void> answered(Entered began, boolean isNothing) {
        QuorumPoll next;
        synchronized (this) {
            Set<UUID> present = members(clusterMembers, minimum);
            boolean mustBeNewer = isNothing || !present.containsAll(began.members());
            notice(present, began);
            if (trusted != null && !mustBeNewer) {
                return YES;
            }
            Asked known = last;
            if (known != null && isFor(present, known) && (known.isNewerThan(began) || !mustBeNewer)) {
                return known.poll.enough();
            }
            int before = losses;
            next = new QuorumPoll(clusterMembers, minimum, present, there -> settle(present, there, before));
            last = new Asked(next, nanoTime.getAsLong());
        }
        next.ask();
        return next.enough();
    }

    /** What was answered before a loss says nothing about the time after it. Guarded by this. */
    private void notice(Set<UUID> present, Entered began) {
        Asked known = last;
        boolean isAskedSince = known != null && isFor(present, known) && known.isNewerThan(began);
        boolean seesLoss = !present.containsAll(began.members());
        if ((trusted != null && !present.containsAll(trusted)) || (seesLoss && !isAskedSince)) {
            trusted = null;
            last = null;
            losses++;
        } else if (seesLoss && known != null && known.poll.isOpen()) {
            trusted = null;
        } else if (trusted != null) {
            trusted = present;
        }
    }

    /** Whether a call that sees these members may wait for the answer. */
    private boolean isFor(Set<UUID> present, Asked known) {
        boolean isLate = nanoTime.getAsLong() - known.since > PATIENCE.toNanos();
        return known.poll.asked().equals(present) && (known.poll.isAnswered() || (known.poll.isOpen() && !isLate));
    }

    /** Enough have answered a question to these, which was asked when so many losses had been noticed. */
    private synchronized void settle(Set<UUID> asked, Set<UUID> present, int before) {
        Set<UUID> known = trusted;
        if (losses == before && present.containsAll(asked) && (known == null || present.containsAll(known))) {
            trusted = present;
        }
    }

    /** Those that are there. Throws {@link PosternException} when there are too few. */
    static Set<UUID> members(Members clusterMembers, int minimum) {
        Set<UUID> present = clusterMembers.present();
        if (present.size() < minimum) {
            throw new PosternException(
                    "The cluster has fewer than " + minimum + " members (postern.cache.minimum-members).");
        }
        return present;
    }

    /**
     * The members that hold rows, as this node sees them. Every method throws {@link PosternException} when the grid is
     * broken.
     */
    public interface Members {

        /** Those that are there, itself included. */
        Set<UUID> present();

        /** This node itself, when it is one of them. */
        Optional<UUID> self();

        /** Asks each of these but itself. There is no answer of a member that owns nothing yet. */
        Map<UUID, ? extends CompletionStage<?>> ask(Set<UUID> members);
    }
}
