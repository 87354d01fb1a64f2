package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What counts on a member of which two have to be there, or three. */
@Tag("G4")
@Tag("D17")
class QuorumTest {

    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();
    private static final UUID C = UUID.randomUUID();
    private static final UUID D = UUID.randomUUID();

    private final Known peers = new Known();
    private final Quorum quorum = new Quorum(peers, 2);

    @Test
    void nothingCountsBeforeAnotherMemberHasAnsweredOnce() {
        CompletableFuture<?> first = call();
        assertThat(first).isNotDone();

        peers.answer(B);
        assertThat(first).isCompleted();
        assertThat(call()).isCompleted();
        assertThat(peers.questions).isEqualTo(1);
    }

    @Test
    void callThatOneMemberDidNotOutliveCountsWhenAnotherAnswers() {
        trusting();
        Set<UUID> began = quorum.enter();
        peers.present = Set.of(A, C);

        CompletableFuture<?> call = leave(began);
        assertThat(call).isNotDone();
        peers.answer(C);
        assertThat(call).isCompleted();
        assertThat(call()).isCompleted();
    }

    @Test
    void callAfterALossCountsWhenAnotherAnswers() {
        trusting();
        peers.present = Set.of(A, C);

        CompletableFuture<?> call = call();
        assertThat(call).isNotDone();
        peers.answer(C);
        assertThat(call).isCompleted();
    }

    @Test
    void memberThatCameAndWentWithoutACallIsMissedAllTheSame() {
        trusting();
        peers.present = Set.of(A, B, C, D);
        Set<UUID> began = quorum.enter();
        peers.present = Set.of(A, B, C);

        assertThat(leave(began)).isNotDone();
    }

    @Test
    void memberThatComesNeedNotAnswer() {
        trusting();
        Set<UUID> began = quorum.enter();
        peers.present = Set.of(A, B, C, D);

        assertThat(leave(began)).isCompleted();
    }

    @Test
    void callsThatWaitAskTogether() {
        CompletableFuture<?> one = call();
        CompletableFuture<?> other = call();

        assertThat(peers.questions).isEqualTo(1);
        peers.answer(C);
        assertThat(Stream.of(one, other)).allSatisfy(call -> assertThat(call).isCompleted());
    }

    @Test
    void asManyAsThereMustBeHaveToAnswer() {
        Quorum ofThree = new Quorum(peers, 3);
        peers.present = Set.of(A, B, C, D);
        CompletableFuture<?> call = ofThree.leave(ofThree.enter()).toCompletableFuture();

        peers.answer(D);
        assertThat(call).isNotDone();
        peers.answer(B);
        assertThat(call).isCompleted();
    }

    @Test
    void clientNeedsAsManyFromOthers() {
        peers.self = Optional.empty();
        CompletableFuture<?> call = call();

        peers.answer(A);
        assertThat(call).isNotDone();
        peers.answer(B);
        assertThat(call).isCompleted();
    }

    @Test
    void answerInTheNameOfOneThatHasGoneDoesNotCount() {
        CompletableFuture<?> call = call();
        peers.present = Set.of(A, C);

        peers.answer(B);
        assertThat(call).isNotDone();
        peers.answer(C);
        assertThat(call).isCompleted();
    }

    /** It is the loss of a member that ends what was asked of it. */
    @Test
    void lateEndOfAnOldQuestionIsNoAnswerToTheNextOne() {
        trusting();
        peers.present = Set.of(A, B);
        peers.fail(C, new IllegalStateException("gone"));

        CompletableFuture<?> call = call();
        assertThat(call).isNotDone();
        peers.answer(B);
        assertThat(call).isCompleted();
    }

    @Test
    void callFailsWhenNobodyAnswersAnyMore() {
        CompletableFuture<?> call = call();
        RuntimeException cause = new IllegalStateException("gone");

        peers.fail(B, cause);
        assertThat(call).isNotDone();
        peers.fail(C, cause);
        assertThatThrownBy(call::join)
                .hasRootCause(cause)
                .cause()
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("answer for themselves");

        CompletableFuture<?> next = call();
        peers.answer(B);
        assertThat(next).isCompleted();
    }

    @Test
    void callFailsAtOnceWhenNobodyCanBeAsked() {
        peers.mute = Set.of(B, C);

        assertThat(call()).isCompletedExceptionally();
    }

    @Test
    void callFailsWhenTooFewAreLeft() {
        CompletableFuture<?> call = call();
        Set<UUID> began = quorum.enter();
        peers.present = Set.of(A);
        peers.answer(B);

        assertThatThrownBy(call::join).hasMessageContaining("fewer than 2 members");
        assertThatThrownBy(quorum::enter).hasMessageContaining("fewer than 2 members");
        assertThatThrownBy(() -> quorum.leave(began)).hasMessageContaining("fewer than 2 members");
    }

    @Test
    void questionThatCannotBeAskedIsAskedAgain() {
        peers.broken = new PosternException("The grid failed.");
        assertThatThrownBy(this::call).isSameAs(peers.broken);

        peers.broken = null;
        CompletableFuture<?> call = call();
        peers.answer(B);
        assertThat(call).isCompleted();
    }

    @Test
    void nodeThatNeedsNobodyAsksNobody() {
        Quorum open = new Quorum(peers, 1);
        peers.present = Set.of();

        assertThat(open.leave(open.enter()).toCompletableFuture()).isCompleted();
        assertThat(peers.questions).isZero();
    }

    private void trusting() {
        CompletableFuture<?> call = call();
        peers.answer(B);
        assertThat(call).isCompleted();
    }

    private CompletableFuture<?> call() {
        return leave(quorum.enter());
    }

    private CompletableFuture<?> leave(Set<UUID> began) {
        return quorum.leave(began).toCompletableFuture();
    }

    /** Three members, of which this is the first, and their answers, when the test wants them. */
    private static final class Known implements Peers {

        private Set<UUID> present = Set.of(A, B, C);
        private Optional<UUID> self = Optional.of(A);
        private Set<UUID> mute = Set.of();
        private @Nullable PosternException broken;
        private int questions;
        private final Map<UUID, List<CompletableFuture<Object>>> asked = new HashMap<>();

        @Override
        public Set<UUID> present() {
            return present;
        }

        @Override
        public Optional<UUID> self() {
            return self;
        }

        @Override
        public Map<UUID, CompletionStage<Object>> ask(Set<UUID> members) {
            if (broken != null) {
                throw broken;
            }
            questions++;
            Map<UUID, CompletionStage<Object>> answers = new HashMap<>();
            for (UUID member : members) {
                if (!self.filter(member::equals).isPresent() && !mute.contains(member)) {
                    CompletableFuture<Object> answer = new CompletableFuture<>();
                    asked.computeIfAbsent(member, any -> new ArrayList<>()).add(answer);
                    answers.put(member, answer);
                }
            }
            return answers;
        }

        void answer(UUID member) {
            asked.getOrDefault(member, List.of()).forEach(answer -> answer.complete("any"));
        }

        void fail(UUID member, RuntimeException failure) {
            asked.getOrDefault(member, List.of()).forEach(answer -> answer.completeExceptionally(failure));
        }
    }
}
