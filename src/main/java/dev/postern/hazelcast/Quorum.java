package dev.postern.hazelcast;

import dev.postern.PosternException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Whether enough members are there for an answer of the grid to count ({@code postern.cache.minimum-members}). In a minority
 * a row that exists reads as absent (D7), and the grid does not say so by itself (D17).
 *
 * <p>To count them is not enough. A member that is cut off takes the others for dead one after the other, and answers a write
 * as soon as it has given up those that should hold a copy, while it still counts others. So once a member has gone, nothing counts before
 * enough of those that seem to be left have answered a question; all calls of that time wait for the same one.
 *
 * <p>A client hears of members later than a member does, so it may count what a member would not. Safe for concurrent use.
 */
final class Quorum {

    private static final CompletionStage<@Nullable Void> YES = CompletableFuture.completedFuture(null);

    private final Peers peers;
    private final int minimum;
    private volatile @Nullable Set<UUID> trusted;
    private @Nullable Question question;

    Quorum(Peers peers, int minimum) {
        this.peers = peers;
        this.minimum = minimum;
    }

    /** The members as a call begins. Throws {@link PosternException} when there are too few. */
    Set<UUID> enter() {
        return minimum == 1 ? Set.of() : members();
    }

    /**
     * Done when what a call has brought counts: at once, unless a member has gone since it began, or since enough have
     * answered. Fails when they cannot, and may never end, so it needs a deadline. Throws {@link PosternException} when there
     * are too few.
     */
    CompletionStage<@Nullable Void> leave(Set<UUID> began) {
        if (minimum == 1) {
            return YES;
        }
        Set<UUID> present = members();
        return present.equals(trusted) && present.containsAll(began) ? YES : answered(began);
    }

    private synchronized CompletionStage<@Nullable Void> answered(Set<UUID> began) {
        Set<UUID> present = members();
        if (trusted != null && present.containsAll(trusted) && present.containsAll(began)) {
            trusted = present;
            return YES;
        }
        Question asked = question;
        if (asked == null || !asked.isOpenTo(present)) {
            asked = new Question(present);
            asked.ask();
            question = asked;
        }
        return asked.enough;
    }

    private Set<UUID> members() {
        Set<UUID> present = peers.present();
        if (present.size() < minimum) {
            throw new PosternException(
                    "The cluster has fewer than " + minimum + " members (postern.cache.minimum-members).");
        }
        return present;
    }

    /** A question to all who seem to be there, each on its own. Guarded by the quorum. */
    private final class Question {

        private final Set<UUID> asked;
        private final Set<UUID> heard = new HashSet<>();
        private final CompletableFuture<@Nullable Void> enough = new CompletableFuture<>();
        private int outstanding;

        Question(Set<UUID> asked) {
            this.asked = asked;
        }

        boolean isOpenTo(Set<UUID> present) {
            return asked.equals(present) && !enough.isDone();
        }

        /** This member need not ask itself, and one that owns nothing cannot be asked. */
        void ask() {
            peers.self().ifPresent(heard::add);
            var answers = peers.ask(asked);
            outstanding = answers.size();
            answers.forEach((member, answer) ->
                    answer.whenCompleteAsync((any, failure) -> tell(member, failure), Runnable::run));
            if (outstanding == 0) {
                judge(null);
            }
        }

        private void tell(UUID member, @Nullable Throwable failure) {
            synchronized (Quorum.this) {
                if (enough.isDone()) { // it is often a further loss that ends what was still open
                    return;
                }
                outstanding--;
                if (failure == null) {
                    heard.add(member);
                }
                judge(failure);
            }
        }

        /** What came in the name of a member that has gone meanwhile came from another one. */
        private void judge(@Nullable Throwable failure) {
            try {
                Set<UUID> present = members();
                if (heard.stream().filter(present::contains).count() >= minimum) {
                    trusted = present;
                    enough.complete(null);
                } else if (outstanding == 0) {
                    enough.completeExceptionally(tooFew(failure));
                }
            } catch (PosternException e) {
                enough.completeExceptionally(e);
            }
        }

        private static PosternException tooFew(@Nullable Throwable failure) {
            String sentence =
                    "Too few members answer for themselves since one has gone (postern.cache.minimum-members).";
            return failure == null ? new PosternException(sentence) : new PosternException(sentence, failure);
        }
    }
}
