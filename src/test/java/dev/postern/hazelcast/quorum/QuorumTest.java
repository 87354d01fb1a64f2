package dev.postern.hazelcast.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.hazelcast.quorum.Quorum.Entered;
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
import org.junit.jupiter.api.Timeout;

/** Which answers count on a member with a minimum of two members, or three. */
@Tag("G4")
@Tag("D17")
class QuorumTest {

    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();
    private static final UUID C = UUID.randomUUID();
    private static final UUID D = UUID.randomUUID();

    private final Known clusterMembers = new Known();
    private long nanoTime = Long.MAX_VALUE - Quorum.PATIENCE.toNanos(); // it may be any, and run over
    private final Quorum quorum = new Quorum(clusterMembers, 2, () -> nanoTime);

    @Test
    void nothingCountsBeforeAnotherMemberHasAnsweredOnce() {
        CompletableFuture<?> first = call();
        assertThat(first).isNotDone();

        clusterMembers.answer(B);
        assertThat(first).isCompleted();
        assertThat(call()).isCompleted();
        assertThat(clusterMembers.polls).isEqualTo(1);
    }

    @Test
    void callThatOneMemberDidNotOutliveCountsWhenAnotherAnswers() {
        trusting();
        Entered began = quorum.enter();
        clusterMembers.present = Set.of(A, C);

        CompletableFuture<?> call = confirm(began);
        assertThat(call).isNotDone();
        clusterMembers.answer(C);
        assertThat(call).isCompleted();
        assertThat(call()).isCompleted();
    }

    @Test
    void callAfterALossCountsWhenAnotherAnswers() {
        trusting();
        clusterMembers.present = Set.of(A, C);

        CompletableFuture<?> call = call();
        assertThat(call).isNotDone();
        clusterMembers.answer(C);
        assertThat(call).isCompleted();
    }

    @Test
    void memberThatCameAndWentWithoutACallIsMissedAllTheSame() {
        trusting();
        clusterMembers.present = Set.of(A, B, C, D);
        Entered began = quorum.enter();
        clusterMembers.present = Set.of(A, B, C);

        assertThat(confirm(began)).isNotDone();
    }

    @Test
    void memberThatComesNeedNotAnswer() {
        trusting();
        Entered began = quorum.enter();
        clusterMembers.present = Set.of(A, B, C, D);

        assertThat(confirm(began)).isCompleted();
    }

    @Test
    void callsThatWaitAskTogether() {
        CompletableFuture<?> one = call();
        CompletableFuture<?> other = call();

        assertThat(clusterMembers.polls).isEqualTo(1);
        clusterMembers.answer(C);
        assertThat(Stream.of(one, other)).allSatisfy(call -> assertThat(call).isCompleted());
    }

    @Test
    void asManyAsThereMustBeHaveToAnswer() {
        Quorum ofThree = new Quorum(clusterMembers, 3);
        clusterMembers.present = Set.of(A, B, C, D);
        CompletableFuture<?> call = ofThree.confirm(ofThree.enter()).toCompletableFuture();

        clusterMembers.answer(D);
        assertThat(call).isNotDone();
        clusterMembers.answer(B);
        assertThat(call).isCompleted();
    }

    @Test
    void clientNeedsAsManyFromOthers() {
        clusterMembers.self = Optional.empty();
        CompletableFuture<?> call = call();

        clusterMembers.answer(A);
        assertThat(call).isNotDone();
        clusterMembers.answer(B);
        assertThat(call).isCompleted();
    }

    @Test
    void answerInTheNameOfOneThatHasGoneDoesNotCount() {
        CompletableFuture<?> call = call();
        clusterMembers.present = Set.of(A, C);

        clusterMembers.answer(B);
        assertThat(call).isNotDone();
        clusterMembers.answer(C);
        assertThat(call).isCompleted();
        assertThat(call()).as("a call that knows of the loss").isNotDone();
    }

    /** Hazelcast fails the question to a member when the member is lost. */
    @Test
    void lateEndOfAnOldPollIsNoAnswerToTheNextOne() {
        trusting();
        clusterMembers.present = Set.of(A, B);
        clusterMembers.fail(C, new IllegalStateException("gone"));

        CompletableFuture<?> call = call();
        assertThat(call).isNotDone();
        clusterMembers.answer(B);
        assertThat(call).isCompleted();
    }

    @Test
    @Tag("G13")
    void callAfterASilenceCountsWhenAnotherAnswers() {
        trusting();
        nanoTime += Quorum.SILENCE.toNanos() + 1;

        CompletableFuture<?> first = call();
        CompletableFuture<?> second = call();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        clusterMembers.answer(B);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(call()).isCompleted();
    }

    @Test
    @Tag("G13")
    void callThatSleptWithTheMemberCountsWhenAnotherAnswers() {
        trusting();
        Entered began = quorum.enter();
        nanoTime += Quorum.SILENCE.toNanos() + 1;

        assertThat(confirm(began)).isNotDone();
    }

    @Test
    @Tag("G13")
    void answerFromBeforeASilenceDoesNotCountAfterIt() {
        CompletableFuture<?> before = call();
        nanoTime += Quorum.SILENCE.toNanos() + 1;
        CompletableFuture<?> after = call();
        int late = clusterMembers.polls;

        clusterMembers.answer(B, late - 1);
        assertThat(before).isCompleted();
        assertThat(after).isNotDone();
        assertThat(call()).isNotDone();
        clusterMembers.answer(B, late);
        assertThat(after).isCompleted();
    }

    @Test
    void callsWithoutASilenceAskNobody() {
        trusting();
        int polls = clusterMembers.polls;

        for (int i = 0; i < 100; i++) {
            nanoTime += Quorum.SILENCE.toNanos() / 2;
            assertThat(call()).isCompleted();
        }
        assertThat(clusterMembers.polls).isEqualTo(polls);
    }

    @Test
    void callThatFoundNothingCountsWhenAnotherHasAnsweredSinceItBegan() {
        trusting();
        Entered began = tick();
        nanoTime++;

        CompletableFuture<?> absent = confirmAbsence(began);
        assertThat(absent).isNotDone();
        assertThat(call()).as("a call that found something").isCompleted();
        clusterMembers.answer(B);
        assertThat(absent).isCompleted();
        assertThat(confirmAbsence(began)).as("another one of that time").isCompleted();
        assertThat(confirmAbsence(tick())).as("a later one").isNotDone();
        assertThat(clusterMembers.polls).isEqualTo(3);
    }

    @Test
    void pollAfterALossIsNotAnsweredByOneBeforeIt() {
        trusting();
        assertThat(confirmAbsence(tick())).isNotDone();
        clusterMembers.present = Set.of(A, B, C, D);
        Entered began = tick();
        clusterMembers.present = Set.of(A, B, C);

        CompletableFuture<?> call = confirm(began);
        assertThat(call).isNotDone();
        assertThat(call()).as("a call after the loss").isNotDone();
        assertThat(clusterMembers.polls).isEqualTo(3);
        clusterMembers.answer(B, 2);
        assertThat(call).isNotDone();
        assertThat(call()).isNotDone();
        clusterMembers.answer(B);
        assertThat(call).isCompleted();
        assertThat(call()).isCompleted();
    }

    /** The member came and went between two calls, and the poll began before. */
    @Test
    void answerToAPollBeforeALossDoesNotHideTheLoss() {
        trusting();
        assertThat(confirmAbsence(tick())).isNotDone();
        clusterMembers.present = Set.of(A, B, C, D);
        assertThat(call()).isCompleted();
        clusterMembers.present = Set.of(A, B, C);
        clusterMembers.answer(B);

        assertThat(call()).isNotDone();
    }

    @Test
    void callsThatWereUnderWayWhenAMemberWentAskTogether() {
        trusting();
        Entered one = tick();
        Entered other = quorum.enter();
        clusterMembers.present = Set.of(A, B);
        nanoTime++;

        List<CompletableFuture<?>> calls = List.of(confirm(one), confirm(other), confirmAbsence(other), call());
        assertThat(clusterMembers.polls).isEqualTo(2);
        clusterMembers.answer(B);
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompleted());
    }

    /** While every call that finds no row begins a poll, no poll is the last one for long. */
    @Test
    void trustComesBackHoweverManyPollsFollow() {
        CompletableFuture<?> first = call();
        Entered began = tick();
        nanoTime++;
        assertThat(confirmAbsence(began)).isNotDone();
        assertThat(clusterMembers.polls).isEqualTo(2);

        clusterMembers.answer(B, 1);
        assertThat(first).isCompleted();
        assertThat(call()).isCompleted();
    }

    @Test
    void pollThatIsNotAnsweredForLongIsAskedAgain() {
        CompletableFuture<?> early = call();
        nanoTime += Quorum.PATIENCE.toNanos();
        assertThat(call()).isNotDone();
        assertThat(clusterMembers.polls).isEqualTo(1);

        nanoTime++;
        CompletableFuture<?> late = call();
        assertThat(clusterMembers.polls).isEqualTo(2);
        clusterMembers.answer(B, 2);
        assertThat(late).isCompleted();
        assertThat(early).isNotDone();
        assertThat(call()).isCompleted();
    }

    @Test
    void callFailsWhenNobodyAnswersAnyMore() {
        CompletableFuture<?> call = call();
        RuntimeException cause = new IllegalStateException("gone");

        clusterMembers.fail(B, cause);
        assertThat(call).isNotDone();
        clusterMembers.fail(C, cause);
        assertThatThrownBy(call::join)
                .hasRootCause(cause)
                .cause()
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("Fewer members answer");

        CompletableFuture<?> next = call();
        clusterMembers.answer(B);
        assertThat(next).isCompleted();
    }

    @Test
    void callFailsAtOnceWhenNobodyCanBeAsked() {
        clusterMembers.mute = Set.of(B, C);

        assertThat(call()).isCompletedExceptionally();
    }

    @Test
    void callFailsWhenTooFewAreLeft() {
        CompletableFuture<?> call = call();
        Entered began = quorum.enter();
        clusterMembers.present = Set.of(A);
        clusterMembers.answer(B);

        assertThatThrownBy(call::join).hasMessageContaining("fewer than 2 members");
        assertThatThrownBy(quorum::enter).hasMessageContaining("fewer than 2 members");
        assertThatThrownBy(() -> quorum.confirm(began)).hasMessageContaining("fewer than 2 members");
    }

    @Test
    void pollThatCannotBeAskedIsAskedAgain() {
        PosternException broken = new PosternException("The grid failed.");
        clusterMembers.broken = broken;
        assertThatThrownBy(call()::join).hasCause(broken);

        clusterMembers.broken = null;
        CompletableFuture<?> call = call();
        clusterMembers.answer(B);
        assertThat(call).isCompleted();
    }

    @Test
    void nodeThatNeedsNobodyAsksNobody() {
        Quorum open = new Quorum(clusterMembers, 1);
        clusterMembers.present = Set.of();

        assertThat(open.confirm(open.enter()).toCompletableFuture()).isCompleted();
        assertThat(open.confirmAbsence(open.enter()).toCompletableFuture()).isCompleted();
        assertThat(clusterMembers.polls).isZero();
    }

    /**
     * A member answers while a call looks who is there, under the lock of the quorum. With a lock of its own, the poll
     * would wait for the quorum's, and the quorum for the poll's.
     */
    @Test
    @Timeout(30)
    void answersAndCallsThatMeetDoNotBlockEachOther() throws Exception {
        CompletableFuture<?> first = call();
        Entered began = quorum.enter();
        Thread answering = daemon(() -> clusterMembers.answer(B));
        Thread calling = daemon(() -> {
            CompletableFuture<?> unused = confirm(began);
        });
        clusterMembers.whenCounted = () -> {
            clusterMembers.whenCounted = () -> {
                if (Thread.holdsLock(quorum)) {
                    clusterMembers.answer(C);
                }
            };
            calling.start();
            while (calling.getState() != Thread.State.BLOCKED && calling.isAlive()) {
                Thread.onSpinWait();
            }
        };

        answering.start();
        answering.join();
        calling.join();

        assertThat(first).isCompleted();
        assertThat(confirm(began)).isCompleted();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private void trusting() {
        CompletableFuture<?> call = call();
        clusterMembers.answer(B);
        assertThat(call).isCompleted();
    }

    /** A call that begins after everything before. */
    private Entered tick() {
        nanoTime++;
        return quorum.enter();
    }

    private CompletableFuture<?> confirmAbsence(Entered began) {
        return quorum.confirmAbsence(began).toCompletableFuture();
    }

    private CompletableFuture<?> call() {
        return confirm(quorum.enter());
    }

    private CompletableFuture<?> confirm(Entered began) {
        return quorum.confirm(began).toCompletableFuture();
    }

    /** Three members, of which this node is the first. The test decides when they answer. */
    private static final class Known implements Quorum.Members {

        private Set<UUID> present = Set.of(A, B, C);
        private Optional<UUID> self = Optional.of(A);
        private Set<UUID> mute = Set.of();
        private @Nullable PosternException broken;
        private int polls;
        private volatile Runnable whenCounted = () -> {};
        private final Map<UUID, List<CompletableFuture<Object>>> asked = new HashMap<>();

        @Override
        public Set<UUID> present() {
            whenCounted.run();
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
            polls++;
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

        /** The answer to one of its polls only, of which the first has the number 1. */
        void answer(UUID member, int poll) {
            asked.getOrDefault(member, List.of()).get(poll - 1).complete("any");
        }

        void fail(UUID member, RuntimeException failure) {
            asked.getOrDefault(member, List.of()).forEach(answer -> answer.completeExceptionally(failure));
        }
    }
}
