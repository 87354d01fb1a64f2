package dev.postern.hazelcast;

import dev.postern.PosternException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether enough members are there for an answer of the grid to count ({@code postern.cache.minimum-members}). In a minority
 * a row that exists reads as absent (D7), and the grid does not say so by itself (D17).
 *
 * <p>To count them is not enough, because a member that is cut off still counts the others:
 *
 * <ul>
 *   <li>It takes them for dead one after the other, and answers a write as soon as it has given up those that should hold a copy.
 *       So once a member has gone, nothing counts before enough of those that seem to be left have answered a question.
 *   <li>Others may have given it up before it gives up any of them, and write rows that it knows nothing of. So a row counts as
 *       absent only when enough have answered a question that was asked after the row was.
 * </ul>
 *
 * <p>Whoever answers still takes this node for a member, because a member turns others away. Calls that wait share a question.
 *
 * <p>A client hears of members later than a member does, so it may count what a member would not. Safe for concurrent use.
 */
final class Quorum {

    private static final CompletionStage<@Nullable Void> YES = CompletableFuture.completedFuture(null);

    /** How long calls that come later wait for an answer that is slow, before one of them asks again. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Peers peers;
    private final int minimum;
    private final LongSupplier nanoTime;

    /** Nobody has gone since enough of these, or of some of them, have answered; nothing after a loss. */
    private volatile @Nullable Set<UUID> trusted;

    private @Nullable Question last;

    Quorum(Peers peers, int minimum) {
        this(peers, minimum, System::nanoTime);
    }

    Quorum(Peers peers, int minimum, LongSupplier nanoTime) {
        this.peers = peers;
        this.minimum = minimum;
        this.nanoTime = nanoTime;
    }

    /** Who was there when a call began, and when that was. */
    record Entered(Set<UUID> members, long nanoTime) {

        private static final Entered UNCOUNTED = new Entered(Set.of(), 0);
    }

    /** Before a call. Throws {@link PosternException} when there are too few. */
    Entered enter() {
        return minimum == 1 ? Entered.UNCOUNTED : new Entered(members(), nanoTime.getAsLong());
    }

    /**
     * Done when what a call has brought counts: at once, unless a member has gone since it began, or since enough have
     * answered. Fails when they cannot, and may never end, so it needs a deadline. Throws {@link PosternException} when there
     * are too few.
     */
    CompletionStage<@Nullable Void> leave(Entered began) {
        if (minimum == 1) {
            return YES;
        }
        Set<UUID> present = members();
        return present.equals(trusted) && present.containsAll(began.members()) ? YES : answered(began, false);
    }

    /** The same for a call that has found nothing where there may be something. */
    CompletionStage<@Nullable Void> leaveWithNothing(Entered began) {
        return minimum == 1 ? YES : answered(began, true);
    }

    private CompletionStage<@Nullable Void> answered(Entered began, boolean isNothing) {
        Question next;
        synchronized (this) {
            Set<UUID> present = members();
            notice(present, began);
            boolean mustBeNewer = isNothing || !present.containsAll(began.members());
            if (trusted != null && !mustBeNewer) {
                return YES;
            }
            Question known = last;
            if (known != null && known.isFor(present) && (known.isNewerThan(began) || !mustBeNewer)) {
                return known.enough;
            }
            next = new Question(present, nanoTime.getAsLong());
            last = next;
        }
        next.ask();
        return next.enough;
    }

    /** What was answered before a loss says nothing about the time after it. Guarded by this. */
    private void notice(Set<UUID> present, Entered began) {
        Question known = last;
        if (trusted != null && !present.containsAll(trusted)) {
            trusted = null;
            last = null;
        } else if (!present.containsAll(began.members()) && (known == null || !known.hasSettled(present, began))) {
            trusted = null;
        } else if (trusted != null) {
            trusted = present;
        }
    }

    private synchronized void settle(Question answered, Set<UUID> present) {
        boolean isNobodyGone = present.containsAll(answered.asked) && (trusted == null || present.containsAll(trusted));
        if (answered == last && isNobodyGone) {
            trusted = present;
        }
    }

    private Set<UUID> members() {
        Set<UUID> present = peers.present();
        if (present.size() < minimum) {
            throw new PosternException(
                    "The cluster has fewer than " + minimum + " members (postern.cache.minimum-members).");
        }
        return present;
    }

    /** A question to all who seem to be there, each on its own. */
    private final class Question {

        private final Set<UUID> asked;
        private final long since;
        private final Set<UUID> heard = new HashSet<>();
        private final CompletableFuture<@Nullable Void> enough = new CompletableFuture<>();
        private int outstanding;

        Question(Set<UUID> asked, long since) {
            this.asked = asked;
            this.since = since;
        }

        /** Whether somebody who sees these members may wait for the answer. */
        boolean isFor(Set<UUID> present) {
            boolean isFailed = enough.isCompletedExceptionally();
            boolean isLate = !enough.isDone() && nanoTime.getAsLong() - since > PATIENCE.toNanos();
            return asked.equals(present) && !isFailed && !isLate;
        }

        boolean isNewerThan(Entered began) {
            return since - began.nanoTime() > 0;
        }

        boolean hasSettled(Set<UUID> present, Entered began) {
            return isFor(present) && isNewerThan(began) && enough.isDone();
        }

        /** This member need not ask itself, and one that owns nothing cannot be asked. */
        void ask() {
            try {
                Set<UUID> self = peers.self().map(Set::of).orElse(Set.of());
                var answers = peers.ask(asked);
                begin(self, answers.size());
                answers.forEach((member, answer) ->
                        answer.whenCompleteAsync((any, failure) -> tell(member, failure), Runnable::run));
            } catch (PosternException e) {
                enough.completeExceptionally(e);
            }
        }

        private synchronized void begin(Set<UUID> self, int answers) {
            heard.addAll(self);
            outstanding = answers;
            if (outstanding == 0) {
                judge(null);
            }
        }

        private synchronized void tell(UUID member, @Nullable Throwable failure) {
            outstanding--;
            if (failure == null) {
                heard.add(member);
            }
            judge(failure);
        }

        /** What came in the name of a member that has gone meanwhile came from another one. */
        private void judge(@Nullable Throwable failure) {
            if (enough.isDone()) {
                return;
            }
            try {
                Set<UUID> present = members();
                if (heard.stream().filter(present::contains).count() >= minimum) {
                    settle(this, present);
                    enough.complete(null);
                } else if (outstanding == 0) {
                    enough.completeExceptionally(tooFew(failure));
                }
            } catch (PosternException e) {
                enough.completeExceptionally(e);
            }
        }

        private static PosternException tooFew(@Nullable Throwable failure) {
            String sentence = "Too few members answer for themselves (postern.cache.minimum-members).";
            return failure == null ? new PosternException(sentence) : new PosternException(sentence, failure);
        }
    }
}
