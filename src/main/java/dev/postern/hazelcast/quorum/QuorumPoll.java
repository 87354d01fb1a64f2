package dev.postern.hazelcast.quorum;

import dev.postern.PosternException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A question to all members that seemed to be there at a moment, each on its own, and whether enough of them have
 * answered for themselves. A member that answers still takes this node for a member, because it turns others away.
 *
 * <p>Safe for concurrent use. It holds its own lock while it asks who is there and tells that enough have answered.
 */
final class QuorumPoll {

    private final Quorum.Members clusterMembers;
    private final int minimum;
    private final Set<UUID> asked;
    private final Consumer<Set<UUID>> whenEnough;
    private final Set<UUID> heard = new HashSet<>();
    private final CompletableFuture<@Nullable Void> enough = new CompletableFuture<>();
    private int outstanding;

    /**
     * Asks no member yet.
     *
     * @param whenEnough is told who is there when enough have answered, just before those who wait
     */
    QuorumPoll(Quorum.Members clusterMembers, int minimum, Set<UUID> asked, Consumer<Set<UUID>> whenEnough) {
        this.clusterMembers = clusterMembers;
        this.minimum = minimum;
        this.asked = asked;
        this.whenEnough = whenEnough;
    }

    Set<UUID> asked() {
        return asked;
    }

    /** Done when enough have answered; fails when they cannot, and may never end. */
    CompletionStage<@Nullable Void> enough() {
        return enough;
    }

    boolean isAnswered() {
        return enough.isDone() && !enough.isCompletedExceptionally();
    }

    boolean isOpen() {
        return !enough.isDone();
    }

    /** This member need not ask itself, and one that owns nothing cannot be asked. */
    void ask() {
        try {
            Set<UUID> self = clusterMembers.self().map(Set::of).orElse(Set.of());
            var answers = clusterMembers.ask(asked);
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
            Set<UUID> present = Quorum.members(clusterMembers, minimum);
            if (heard.stream().filter(present::contains).count() >= minimum) {
                whenEnough.accept(present);
                enough.complete(null);
            } else if (outstanding == 0) {
                enough.completeExceptionally(tooFew(failure));
            }
        } catch (PosternException e) {
            enough.completeExceptionally(e);
        }
    }

    private static PosternException tooFew(@Nullable Throwable failure) {
        String sentence = "Fewer members answer than postern.cache.minimum-members asks for.";
        return failure == null ? new PosternException(sentence) : new PosternException(sentence, failure);
    }
}
