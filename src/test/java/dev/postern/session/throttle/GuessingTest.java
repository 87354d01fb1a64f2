package dev.postern.session.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.throttle.SignInThrottle.Admission;
import dev.postern.session.throttle.SignInThrottle.Admitted;
import dev.postern.session.throttle.SignInThrottle.Throttled;
import dev.postern.session.token.TokenMint;
import dev.postern.testing.InMemoryFailureCounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds for every way to guess: names, addresses and pauses are random, and every guess is wrong. */
class GuessingTest {

    private static final Logger EVENTS = Logger.getLogger("dev.postern.events");
    private static final int PLACES = 4;
    private static final Duration TICK = Duration.ofMillis(1);

    private final TokenMint mint = new TestSessions().mint();

    @BeforeContainer
    static void keepTheLogShort() {
        EVENTS.setLevel(Level.OFF);
    }

    @AfterContainer
    static void logAgain() {
        EVENTS.setLevel(null);
    }

    /** A wrong password of a name from a place, after a pause. */
    record Guess(int name, int place, Duration pause) {

        SignInThrottle.Attempt attempt() {
            return new SignInThrottle.Attempt(Optional.of("user" + name), "192.0.2." + place, Optional.empty());
        }
    }

    /** The property that the decision record gives numbers for. */
    @Property
    @Tag("S-22")
    @Tag("S-35")
    void guessesAreBoundedForAPairForANameAndForAnAddress(
            @ForAll("limits") ThrottleLimits limits, @ForAll("guesses") List<Guess> guesses) {
        InMemoryFailureCounts counts = new InMemoryFailureCounts(TestSessions.START);
        SignInThrottle throttle = throttle(limits, counts);
        Map<String, Integer> ofPair = new HashMap<>();
        Map<Integer, Integer> ofName = new HashMap<>();
        Map<Integer, Integer> ofPlace = new HashMap<>();
        for (Guess guess : guesses) {
            counts.pass(guess.pause);
            if (isMade(throttle, guess)) {
                ofPair.merge(guess.name + " at " + guess.place, 1, Integer::sum);
                ofName.merge(guess.name, 1, Integer::sum);
                ofPlace.merge(guess.place, 1, Integer::sum);
            }
        }

        Duration passed = Duration.between(TestSessions.START, counts.now());
        assertThat(ofPair.values()).allMatch(made -> made <= most(limits.ofPair(), passed));
        assertThat(ofName.values()).allMatch(made -> made <= most(limits.ofUser(), passed));
        assertThat(ofPlace.values()).allMatch(made -> made <= most(limits.ofAddress(), passed));
    }

    @Property
    @Tag("S-35")
    void guessesAtSecondFactorsAreBoundedForANameFromAllPlaces(
            @ForAll("limits") ThrottleLimits limits, @ForAll("guesses") List<Guess> guesses) {
        InMemoryFailureCounts counts = new InMemoryFailureCounts(TestSessions.START);
        SignInThrottle throttle = throttle(limits, counts);
        Map<Integer, Integer> ofName = new HashMap<>();
        for (Guess guess : guesses) {
            counts.pass(guess.pause);
            if (made(throttle.admitSecondFactor(guess.attempt())).isZero()) {
                ofName.merge(guess.name, 1, Integer::sum);
            }
        }

        Duration passed = Duration.between(TestSessions.START, counts.now());
        assertThat(ofName.values()).allMatch(made -> made <= most(limits.ofSecondFactor(), passed));
    }

    private static long most(ThrottleLimits.Limit limit, Duration passed) {
        return limit.mostFailures() + passed.dividedBy(limit.forgetEvery());
    }

    @Property
    @Tag("S-35")
    void nobodyIsBarredForLongerThanTheLongestWait(
            @ForAll("limits") ThrottleLimits limits, @ForAll("guesses") List<Guess> guesses) {
        InMemoryFailureCounts counts = new InMemoryFailureCounts(TestSessions.START);
        SignInThrottle throttle = throttle(limits, counts);
        for (Guess guess : guesses) {
            counts.pass(guess.pause);
            boolean unused = isMade(throttle, guess);
        }
        SignInThrottle.Attempt owner =
                new SignInThrottle.Attempt(Optional.of("user0"), "198.51.100.1", Optional.empty());
        Duration pause = pause(throttle, owner);

        assertThat(pause).isLessThanOrEqualTo(limits.ofUser().longestWait());
        if (!pause.isZero()) {
            counts.pass(pause.minus(TICK));
            assertThat(pause(throttle, owner)).isEqualTo(TICK);
            counts.pass(TICK);
            assertThat(pause(throttle, owner)).isZero();
        }
    }

    @Property
    @Tag("S-37")
    void itMakesNoDifferenceWhoTheNameIs(
            @ForAll("limits") ThrottleLimits limits, @ForAll("guesses") List<Guess> guesses) {
        InMemoryFailureCounts counts = new InMemoryFailureCounts(TestSessions.START);
        SignInThrottle throttle = throttle(limits, counts);
        InMemoryFailureCounts others = new InMemoryFailureCounts(TestSessions.START);
        SignInThrottle ofOthers = throttle(limits, others);
        for (Guess guess : guesses) {
            counts.pass(guess.pause);
            others.pass(guess.pause);
            SignInThrottle.Attempt renamed = new SignInThrottle.Attempt(
                    Optional.of("nobody" + guess.name), guess.attempt().address(), Optional.empty());

            assertThat(made(ofOthers, renamed)).isEqualTo(made(throttle, guess.attempt()));
        }
    }

    private SignInThrottle throttle(ThrottleLimits limits, InMemoryFailureCounts counts) {
        return new SignInThrottle(
                counts, new AttemptKeys(mint, Optional.of(limits), any -> false), new EventPublisher(event -> {}));
    }

    private static boolean isMade(SignInThrottle throttle, Guess guess) {
        return made(throttle, guess.attempt()).isZero();
    }

    /** Guesses, and answers how long the guess had to wait; zero when it was made. */
    private static Duration made(SignInThrottle throttle, SignInThrottle.Attempt attempt) {
        return made(throttle.admit(attempt));
    }

    private static Duration made(Admission begun) {
        try (Admission admission = begun) {
            if (admission instanceof Throttled throttled) {
                return throttled.retryAfter();
            }
            return ((Admitted) admission).recordFailure();
        }
    }

    private static Duration pause(SignInThrottle throttle, SignInThrottle.Attempt attempt) {
        try (Admission admission = throttle.admit(attempt)) {
            return admission instanceof Throttled throttled ? throttled.retryAfter() : Duration.ZERO;
        }
    }

    @Provide
    Arbitrary<ThrottleLimits> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.integers().between(15, 3600))
                .as((free, ofAddress, seconds) -> ThrottleLimits.of(free, ofAddress, Duration.ofSeconds(seconds)));
    }

    /** Few names and places, so that they meet; most pauses are short, and some long enough to be forgotten. */
    @Provide
    Arbitrary<List<Guess>> guesses() {
        Arbitrary<Duration> pauses = Arbitraries.frequencyOf(
                Tuple.of(6, millis(0, 50)), Tuple.of(4, millis(50, 5_000)), Tuple.of(1, millis(5_000, 2_000_000)));
        Arbitrary<Integer> skewed =
                Arbitraries.integers().between(0, PLACES - 1).withDistribution(RandomDistribution.biased());
        return Combinators.combine(skewed, skewed, pauses)
                .as(Guess::new)
                .list()
                .ofMinSize(30)
                .ofMaxSize(150);
    }

    private static Arbitrary<Duration> millis(int least, int most) {
        return Arbitraries.integers().between(least, most).map(Duration::ofMillis);
    }
}
