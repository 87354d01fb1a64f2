package dev.postern.session.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.SignInFailed;
import dev.postern.SessionEvent.SignInThrottled;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.RowTtl;
import dev.postern.session.throttle.SignInThrottle.Admission;
import dev.postern.session.throttle.SignInThrottle.Admitted;
import dev.postern.session.throttle.SignInThrottle.Throttled;
import dev.postern.session.token.Token;
import dev.postern.testing.InMemoryFailureCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S-22")
@Tag("S-35")
class SignInThrottleTest {

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final ThrottleLimits LIMITS = ThrottleLimits.of(5, 100, LONGEST);
    private static final String HOME = "192.0.2.1";

    private int guesses;
    private final InMemoryFailureCounts counts = new InMemoryFailureCounts(TestSessions.START);
    private final TestSessions sessions = new TestSessions();
    private final List<SessionEvent> events = new ArrayList<>();
    private final SignInThrottle throttle =
            new SignInThrottle(counts, watch(Optional.of(LIMITS)), new EventPublisher(events::add));

    @Test
    void fiveTriesAreFreeAndTheNextHasToWait() {
        fail(5, "ann", HOME);

        assertThat(pause("ann", HOME)).isEqualTo(Duration.ofSeconds(1));
        counts.pass(Duration.ofMillis(999));
        assertThat(pause("ann", HOME)).isEqualTo(Duration.ofMillis(1));
        counts.pass(Duration.ofMillis(1));
        assertThat(pause("ann", HOME)).isZero();
    }

    @Test
    void refusedTriesMakeTheWaitNoLonger() {
        fail(5, "ann", HOME);
        for (int tries = 0; tries < 100; tries++) {
            assertThat(pause("ann", HOME)).isEqualTo(Duration.ofSeconds(1));
        }
        counts.pass(Duration.ofSeconds(1));
        assertThat(pause("ann", HOME)).isZero();
    }

    @Test
    void otherUsersOfTheAddressAndOtherAddressesOfTheUserDoNotWait() {
        fail(5, "ann", HOME);

        assertThat(pause("bob", HOME)).isZero();
        assertThat(pause("ann", "192.0.2.2")).isZero();
    }

    @Test
    void triesFromManyAddressesMakeTheNameWaitForAMinuteAtMost() {
        for (int place = 0; place < 70; place++) {
            fail(1, "ann", "192.0.2." + place);
        }

        assertThat(pause("ann", "198.51.100.1")).isEqualTo(Duration.ofMinutes(1));
        assertThat(pause("bob", "198.51.100.1")).isZero();
    }

    @Test
    void triesWithManyNamesMakeTheAddressWaitForAMinuteAtMost() {
        for (int name = 0; name < 120; name++) {
            fail(1, "user" + name, HOME);
        }

        assertThat(pause("ann", HOME)).isEqualTo(Duration.ofMinutes(1));
        assertThat(pause("ann", "192.0.2.2")).isZero();
    }

    @Test
    void rightCredentialClearsTheCountOfTheNameFromThereAndLeavesThatOfTheAddress() {
        for (int name = 0; name < 95; name++) {
            fail(1, "user" + name, HOME);
        }
        fail(4, "ann", HOME);
        succeed("ann", HOME);

        fail(4, "ann", "192.0.2.2");
        assertThat(pause("ann", "192.0.2.2")).isZero();
        fail(1, "ann", HOME);
        assertThat(pause("ann", HOME)).isEqualTo(Duration.ofSeconds(1));
    }

    /** Or an attacker with many addresses would have new free tries each time the user signs in. */
    @Test
    void rightCredentialLeavesWhatOthersHaveFailedElsewhere() {
        for (int place = 0; place < 49; place++) {
            fail(1, "ann", "192.0.2." + place);
        }
        succeed("ann", "198.51.100.1");
        fail(1, "ann", "192.0.2.49");

        assertThat(pause("ann", "192.0.2.50")).isEqualTo(Duration.ofSeconds(1));
        counts.pass(Duration.ofSeconds(1));
        succeed("ann", "198.51.100.1");
        fail(1, "ann", "192.0.2.50");
        assertThat(pause("ann", "192.0.2.51")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void rightCredentialAfterAWaitIsNotCounted() {
        for (int name = 0; name < 100; name++) {
            fail(1, "user" + name, HOME);
        }
        counts.pass(Duration.ofSeconds(1));
        succeed("ann", HOME);

        assertThat(pause("bob", HOME)).isZero();
    }

    @Test
    void costsTwoReadsAndAWriteOnlyWhenThereIsSomethingToWrite() {
        succeed("ann", HOME);
        assertThat(counts.reads()).isEqualTo(2);
        assertThat(counts.writes()).isZero();

        fail(1, "ann", HOME);
        assertThat(counts.reads()).isEqualTo(3);
        assertThat(counts.writes()).isEqualTo(1);

        succeed("ann", HOME);
        assertThat(counts.reads()).isEqualTo(5);
        assertThat(counts.writes()).isEqualTo(2);
    }

    /** Case, accents, width, and what RFC 4518 (section 2.2) maps to nothing or to one space. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ANN LEE",
                " ann lee ",
                "\u00C4nn Lee",
                "\uFF41nn lee",
                "ann   lee",
                "ann\u00A0lee",
                "ann\tlee",
                "ann\u2028 lee",
                "ann\u0085lee",
                "a\u00ADnn lee",
                "a\u200Bnn lee",
                "ann \u200B lee",
                "\u200B ann lee",
                "ann lee\u0000",
                "a\u0001nn lee",
                "a\u007Fnn lee",
                "\uFEFFann lee",
                "\u202Eann lee",
                "ann\u2060 lee",
                "a\u1806nn lee",
                "a\u034Fnn lee",
                "ann\uFE0F lee",
                "a\uFFFCnn lee",
                "a\u3164nn lee",
                "a\uDB40\uDC41nn lee",
                "a\uD800nn lee"
            })
    void namesThatIdentityStoresTakeForTheSameAreOne(String same) {
        fail(4, "ann lee", HOME);
        fail(1, same, HOME);

        assertThat(pause("ann lee", HOME)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void namesThatReadDifferentlyAreTwo() {
        fail(5, "ann lee", HOME);

        assertThat(pause("annlee", HOME)).isZero();
        assertThat(pause("ann-lee", HOME)).isZero();
    }

    @Test
    void addressesOfOneNetworkAreOne() {
        for (int host = 0; host < 5; host++) {
            fail(1, "ann", "2001:db8:0:1::" + host);
        }

        assertThat(pause("ann", "2001:db8:0:1:ffff::9")).isEqualTo(Duration.ofSeconds(1));
        assertThat(pause("ann", "2001:db8:0:2::1")).isZero();
    }

    @Test
    void credentialWithoutANameCountsForItsAddress() {
        for (int tries = 0; tries < 100; tries++) {
            fail(new SignInThrottle.Attempt(Optional.empty(), HOME, Optional.empty()));
        }

        assertThat(pause(new SignInThrottle.Attempt(Optional.empty(), HOME, Optional.empty())))
                .isPositive();
    }

    @Test
    void clientThatHasBeenTheUserIsNotHeldUpByStrangers() {
        Token own = sessions.begin("ann").token();
        sessions.end(own);
        Token others = sessions.begin("bob").token();
        for (int place = 0; place < 70; place++) {
            fail(1, "ann", "192.0.2." + place);
        }

        assertThat(pause(attempt("ann", HOME, others))).isPositive();
        assertThat(pause(attempt("ann", HOME, own))).isZero();
    }

    @Test
    @Tag("A8")
    void manyCookiesOfAUserHaveNoMoreTriesThanOne() {
        List<Token> cookies = new ArrayList<>();
        for (int begun = 0; begun < 20; begun++) {
            Token cookie = sessions.begin("ann").token();
            sessions.end(cookie);
            cookies.add(cookie);
        }

        int told = 0;
        for (int tries = 0; tries < 120; tries++) {
            Admission admission = throttle.admit(attempt("ann", HOME, cookies.get(tries % 20)));
            told += admission instanceof Admitted && failed(admission).isZero() ? 1 : 0;
        }

        assertThat(told).isEqualTo(5);
    }

    /** Of the tries from there without a cookie five are free, and that is all. */
    @Test
    @Tag("A8")
    void cookieWhoseSessionWasRevokedIsNone() {
        Token revoked = sessions.begin("ann").token();
        Token others = sessions.begin("ann").token();
        assertThat(sessions.keeper().userSessions().end("ann", revoked.session()))
                .isTrue();
        fail(5, "ann", HOME);

        assertThat(pause(attempt("ann", HOME, revoked))).isPositive();
        assertThat(pause(attempt("ann", HOME, others))).isZero();
        sessions.keeper().userSessions().endAll("ann");
        assertThat(pause(attempt("ann", HOME, others))).isPositive();
    }

    /** A part of the cluster that did not see the row has written the epoch alone; later the row runs out. */
    @Test
    @Tag("A8")
    void cookieThatAnEpochHasEndedIsNone() {
        Token ended = sessions.begin("ann").token();
        sessions.twin().pass(TestSessions.TICK);
        sessions.createEpoch(ended, sessions.twin().now());
        fail(5, "ann", HOME);

        assertThat(pause(attempt("ann", HOME, ended))).isPositive();
        sessions.twin().pass(TestSessions.IDLE.plus(RowTtl.MARGIN));
        assertThat(sessions.row(ended)).isEmpty();
        assertThat(pause(attempt("ann", HOME, ended))).isPositive();
    }

    @Test
    void cookieOfASessionThatRanOutIsOne() {
        Token old = sessions.begin("ann").token();
        sessions.twin().pass(TestSessions.ABSOLUTE);
        fail(5, "ann", HOME);

        assertThat(pause(attempt("ann", HOME, old))).isZero();
    }

    @Test
    void thatClientHasNoMoreTriesThanAnother() {
        Token own = sessions.begin("ann").token();
        for (int tries = 0; tries < 5; tries++) {
            fail(attempt("ann", HOME, own));
        }

        assertThat(pause(attempt("ann", "198.51.100.1", own))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    @Tag("B6")
    void rightOnesAtTheSameMomentDoNotKeepEachOtherOut() {
        fail(4, "ann", HOME);
        List<Admission> underWay = begin(30);

        assertThat(underWay).allSatisfy(one -> assertThat(succeeded(one)).isZero());
    }

    @Test
    @Tag("B6")
    void rightOnesThatArriveTogetherAfterAWaitAreAllLetIn() {
        fail(5, "ann", HOME);
        counts.pass(Duration.ofSeconds(1));
        List<Admission> underWay = begin(30);

        assertThat(underWay).allSatisfy(one -> assertThat(succeeded(one)).isZero());
    }

    @Test
    @Tag("A8")
    void ofWrongOnesAtTheSameMomentOnlyThoseThatAreFreeAreTold() {
        List<Admission> underWay = begin(30);

        List<Duration> pauses =
                underWay.stream().map(SignInThrottleTest::failed).toList();

        assertThat(pauses.subList(0, 5)).containsOnly(Duration.ZERO);
        assertThat(pauses.subList(5, 30)).containsOnly(Duration.ofSeconds(1));
    }

    /** Or one could send as many guesses at once as one likes, and learn which of them is right. */
    @Test
    @Tag("A8")
    void rightOneIsWithheldWhenOthersHaveUsedUpMeanwhileWhatWasFree() {
        List<Admission> underWay = begin(6);
        underWay.subList(0, 5).forEach(SignInThrottleTest::failed);

        assertThat(succeeded(underWay.get(5))).isEqualTo(Duration.ofSeconds(1));
        assertThat(events).last().isInstanceOf(SignInThrottled.class);
        assertThat(pause("ann", HOME)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void attemptForWhichThereIsNoRoomCountsForNothing() {
        for (int tries = 0; tries < 10; tries++) {
            try (Admission admission = throttle.admit(attempt("ann", HOME))) {
                assertThat(((Admitted) admission).refuse(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
            }
        }

        assertThat(pause("ann", HOME)).isZero();
        assertThat(events).hasSize(10).allMatch(event -> event instanceof SignInThrottled);
    }

    private List<Admission> begin(int tries) {
        List<Admission> underWay = new ArrayList<>();
        for (int begun = 0; begun < tries; begun++) {
            underWay.add(throttle.admit(attempt("ann", HOME)));
        }
        assertThat(underWay).allMatch(one -> one instanceof Admitted);
        return underWay;
    }

    private static Duration failed(Admission admission) {
        try (admission) {
            return ((Admitted) admission).recordFailure();
        }
    }

    private static Duration succeeded(Admission admission) {
        try (admission) {
            return ((Admitted) admission).recordSuccess();
        }
    }

    /** Many are under way at the same time, and all fail. */
    @ParameterizedTest
    @EnumSource(Guesser.class)
    void triesAtTheSameMomentTellNoMoreThanOneAfterTheOther(Guesser guesser) {
        ThrottleLimits.Limit limit = guesser.limit();
        assertThat(guessesAtOnce(guesser)).isEqualTo(limit.freeTries());

        int made = limit.freeTries();
        for (int seconds = 0; seconds < 600; seconds += 5) {
            counts.pass(Duration.ofSeconds(5));
            made += guessesAtOnce(guesser);
        }
        assertThat(made)
                .isLessThanOrEqualTo(
                        limit.mostFailures() + (int) Duration.ofMinutes(10).dividedBy(limit.forgetEvery()));
    }

    private enum Guesser {
        OF_ONE_NAME_FROM_ONE_ADDRESS,
        OF_ONE_NAME_FROM_ALL_ADDRESSES,
        OF_ALL_NAMES_FROM_ONE_ADDRESS;

        ThrottleLimits.Limit limit() {
            return switch (this) {
                case OF_ONE_NAME_FROM_ONE_ADDRESS -> LIMITS.ofPair();
                case OF_ONE_NAME_FROM_ALL_ADDRESSES -> LIMITS.ofUser();
                case OF_ALL_NAMES_FROM_ONE_ADDRESS -> LIMITS.ofAddress();
            };
        }

        SignInThrottle.Attempt next(int number) {
            return switch (this) {
                case OF_ONE_NAME_FROM_ONE_ADDRESS -> attempt("ann", HOME);
                case OF_ONE_NAME_FROM_ALL_ADDRESSES -> attempt("ann", "192.0.2." + number);
                case OF_ALL_NAMES_FROM_ONE_ADDRESS -> attempt("user" + number, HOME);
            };
        }
    }

    /** What how many guesses have come to is told now. */
    private int guessesAtOnce(Guesser guesser) {
        int told = 0;
        while (true) {
            List<Admission> underWay = new ArrayList<>();
            for (int begun = 0; begun < 30; begun++) {
                underWay.add(throttle.admit(guesser.next(guesses++)));
            }
            List<Admission> admitted =
                    underWay.stream().filter(one -> one instanceof Admitted).toList();
            if (admitted.isEmpty()) {
                return told;
            }
            told += (int) admitted.stream().filter(one -> failed(one).isZero()).count();
        }
    }

    @Test
    void failureThatOthersAlwaysOvertakeIsNotPassedOver() {
        try (Admission admission = throttle.admit(attempt("ann", HOME))) {
            counts.setContested();
            assertThatThrownBy(((Admitted) admission)::recordFailure).isInstanceOf(PosternException.class);
        }
    }

    @Test
    void beginningAndEndOfATryHaveOneDeadlineEachHoweverOftenTheyAsk() {
        try (Admission admission = throttle.admit(attempt("ann", HOME))) {
            assertThat(counts.deadlines()).isEqualTo(1);
            counts.setContested();
            assertThatThrownBy(((Admitted) admission)::recordFailure).isInstanceOf(PosternException.class);
        }

        assertThat(counts.reads()).isGreaterThan(10);
        assertThat(counts.deadlines()).isEqualTo(2);
    }

    @Test
    void ofAllWrongOnesAfterAWaitOneIsTold() {
        fail(5, "ann", HOME);
        counts.pass(Duration.ofSeconds(1));
        List<Admission> underWay = begin(3);

        assertThat(failed(underWay.get(0))).isZero();
        assertThat(failed(underWay.get(1))).isEqualTo(Duration.ofSeconds(2));
        assertThat(succeeded(underWay.get(2))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void wrongOneThatARightOneHasOvertakenIsCountedAnew() {
        fail(4, "ann", HOME);
        counts.beforeNextSwap(() -> succeed("ann", HOME));
        fail(1, "ann", HOME);

        fail(4, "ann", HOME);
        assertThat(pause("ann", HOME)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void failureAfterAWaitCountsOnce() {
        fail(5, "ann", HOME);
        counts.pass(Duration.ofSeconds(1));
        fail(1, "ann", HOME);

        assertThat(pause("ann", HOME)).isEqualTo(Duration.ofSeconds(2));
    }

    /** An identity store that fails says nothing of the credential. It must not make guesses free. */
    @Test
    void tryAfterAWaitCountsWhenNobodyCouldTell() {
        fail(5, "ann", HOME);
        counts.pass(Duration.ofSeconds(1));
        assertThat(pause("ann", HOME)).isZero();

        assertThat(pause("ann", HOME)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void gridThatDoesNotAnswerLetsNobodyTry() {
        counts.setBroken(true);
        for (int tries = 0; tries < 60; tries++) {
            assertThatThrownBy(() -> throttle.admit(attempt("ann", HOME))).isInstanceOf(PosternException.class);
        }
        counts.setBroken(false);

        assertThat(pause("ann", HOME)).isZero();
    }

    @Test
    void keysNameNobody() {
        fail(1, "ann", HOME);

        assertThat(counts.text()).isNotEqualTo("{}").doesNotContain("ann", HOME);
    }

    @Test
    @Tag("S-75")
    void tellsOfEachFailureAndOfEachRefusal() {
        fail(5, "ann", HOME);
        pause("ann", HOME);

        assertThat(events).hasSize(6);
        assertThat(events.get(4)).isEqualTo(new SignInFailed(Optional.of("ann"), HOME, TestSessions.START));
        assertThat(events.get(5)).isEqualTo(new SignInThrottled(Optional.of("ann"), HOME, TestSessions.START));
    }

    @Test
    void namesInEventsForgeNoLineOfALog() {
        assertThat(new SignInFailed(Optional.of("ann\r\nINFO all is well\u2028"), HOME, TestSessions.START).user())
                .hasValue("ann??INFO all is well?");
        assertThat(new SignInThrottled(Optional.of("a".repeat(9000)), HOME, TestSessions.START).user())
                .hasValueSatisfying(name -> assertThat(name).hasSize(101).endsWith("…"));
    }

    @Test
    void switchedOffItLetsEverythingThroughAndTellsOfFailures() {
        SignInThrottle off = new SignInThrottle(counts, watch(Optional.empty()), new EventPublisher(events::add));
        for (int tries = 0; tries < 200; tries++) {
            try (Admission admission = off.admit(attempt("ann", HOME))) {
                ((Admitted) admission).recordFailure();
            }
        }

        assertThat(counts.reads() + counts.writes()).isZero();
        assertThat(events).isNotEmpty().allMatch(event -> event instanceof SignInFailed);
    }

    private AttemptKeys watch(Optional<ThrottleLimits> limits) {
        return new AttemptKeys(sessions.mint(), limits, sessions.keeper()::isRevoked);
    }

    private void fail(int times, String name, String address) {
        for (int tries = 0; tries < times; tries++) {
            fail(attempt(name, address));
        }
    }

    /** Fails, however long it has to wait for that. */
    private void fail(SignInThrottle.Attempt attempt) {
        try (Admission admission = throttle.admit(attempt)) {
            if (admission instanceof Admitted admitted) {
                admitted.recordFailure();
                return;
            }
            counts.pass(((Throttled) admission).retryAfter());
        }
        fail(attempt);
    }

    private void succeed(String name, String address) {
        try (Admission admission = throttle.admit(attempt(name, address))) {
            assertThat(admission).isInstanceOf(Admitted.class);
            ((Admitted) admission).recordSuccess();
        }
    }

    private Duration pause(String name, String address) {
        return pause(attempt(name, address));
    }

    /** How long the attempt would have to wait; zero when it is let through, which is then broken off. */
    private Duration pause(SignInThrottle.Attempt attempt) {
        try (Admission admission = throttle.admit(attempt)) {
            return admission instanceof Throttled throttled ? throttled.retryAfter() : Duration.ZERO;
        }
    }

    private static SignInThrottle.Attempt attempt(String name, String address) {
        return new SignInThrottle.Attempt(Optional.of(name), address, Optional.empty());
    }

    private static SignInThrottle.Attempt attempt(String name, String address, Token presented) {
        return new SignInThrottle.Attempt(Optional.of(name), address, Optional.of(presented));
    }

    @Test
    void secondFactorsFromManyAddressesAreLimitedTogether() {
        int told = 0;
        Instant start = counts.now();
        for (int place = 0; counts.now().isBefore(start.plus(Duration.ofDays(1))); place++) {
            SignInThrottle.Attempt attempt = attempt("ann", "192.0." + place / 200 + "." + place % 200);
            Admission admission = throttle.admitSecondFactor(attempt);
            told += admission instanceof Admitted && failed(admission).isZero() ? 1 : 0;
            counts.pass(Duration.ofSeconds(30));
        }

        assertThat(told).isBetween(17, LIMITS.ofSecondFactor().mostFailures() + 24);
    }

    @Test
    void secondFactorsThatWereWrongMakeNoPasswordElsewhereWait() {
        failSecondFactors();

        assertThat(pause("ann", "198.51.100.1")).isZero();
        assertThat(pauseOfSecondFactor(attempt("bob", "198.51.100.1"))).isZero();
        assertThat(pauseOfSecondFactor(attempt("ann", "198.51.100.1"))).isPositive();
    }

    @Test
    void rightSecondFactorClearsTheirCount() {
        failSecondFactors();
        SignInThrottle.Attempt owner = attempt("ann", "198.51.100.1");
        counts.pass(pauseOfSecondFactor(owner));

        try (Admission admission = throttle.admitSecondFactor(owner)) {
            assertThat(((Admitted) admission).recordSuccess()).isZero();
        }

        assertThat(pauseOfSecondFactor(owner)).isZero();
        failSecondFactors();
        assertThat(pauseOfSecondFactor(owner)).as("the same tries as before").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void clientThatHasBeenTheUserIsNotHeldUpByTheSecondFactorsOfStrangers() {
        Token own = sessions.begin("ann").token();
        failSecondFactors();

        assertThat(pauseOfSecondFactor(attempt("ann", HOME, own))).isZero();
        for (int tries = 0; tries < 5; tries++) {
            assertThat(failed(throttle.admitSecondFactor(attempt("ann", HOME, own))))
                    .isZero();
        }
        assertThat(pauseOfSecondFactor(attempt("ann", HOME, own)))
                .as("it has tries of its own")
                .isPositive();
    }

    /** Five wrong second factors, each from another address. */
    private void failSecondFactors() {
        for (int place = 0; place < 5; place++) {
            assertThat(failed(throttle.admitSecondFactor(attempt("ann", "192.0.2." + place))))
                    .isZero();
        }
    }

    private Duration pauseOfSecondFactor(SignInThrottle.Attempt attempt) {
        try (Admission admission = throttle.admitSecondFactor(attempt)) {
            return admission instanceof Throttled throttled ? throttled.retryAfter() : Duration.ZERO;
        }
    }

    /** An identity store that throws says nothing about the credential. */
    @Test
    void attemptWithoutAnOutcomeCountsForNothingWhileTriesAreFree() {
        for (int tries = 0; tries < 10; tries++) {
            try (Admission admission = throttle.admit(attempt("ann", HOME))) {
                assertThat(admission).isInstanceOf(Admitted.class);
            }
        }

        assertThat(counts.writes()).isZero();
        assertThat(pause("ann", HOME)).isZero();
    }
}
