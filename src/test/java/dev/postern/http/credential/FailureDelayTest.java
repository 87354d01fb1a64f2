package dev.postern.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Tag("S-37")
class FailureDelayTest {

    private static final long START = Long.MAX_VALUE - 1; // a monotonic clock may begin anywhere
    private static final Duration NANO = Duration.ofNanos(1);

    private final FailureDelay times = new FailureDelay();

    @Example
    void failuresAreAnsweredAfterTheSameTimeWhateverTheyTook() {
        assertThat(answer(0)).isEqualTo(millis(125));
        assertThat(answer(50)).isEqualTo(millis(125));
        assertThat(answer(125)).isEqualTo(millis(125));
        assertThat(times.answerAfter(millis(125).plus(NANO))).isEqualTo(millis(250));
    }

    @Example
    void stepHasRoomForTheSlowestAndAQuarterMore() {
        note(100);
        assertThat(answer(0)).isEqualTo(millis(125));
        times.note(millis(100).plusNanos(4), START);
        assertThat(answer(0)).isEqualTo(millis(250));
        note(201);
        assertThat(answer(0)).isEqualTo(millis(500));
        note(401);
        assertThat(answer(0)).isEqualTo(millis(1000));
    }

    @Example
    void fastFailuresDoNotMakeTheStepShorter() {
        note(300);
        for (int i = 0; i < 100_000; i++) {
            note(0);
        }
        assertThat(answer(0)).isEqualTo(millis(500));
    }

    @Example
    void whatTakesLongerThanASecondIsAnsweredAtOnceAndMakesNobodyElseWait() {
        note(1001);
        assertThat(answer(1001)).isEqualTo(millis(1001));
        assertThat(answer(0)).isEqualTo(millis(125));
        assertThat(answer(1000)).isEqualTo(millis(1000));
    }

    @Example
    void slowAnswerIsRememberedForHalfADayAndForgottenAfterADay() {
        long half = FailureDelay.MEMORY.toNanos();
        note(300);

        times.note(NANO, START + half);
        assertThat(answer(0)).isEqualTo(millis(500));
        times.note(NANO, START + 2 * half - 1);
        assertThat(answer(0)).isEqualTo(millis(500));
        times.note(NANO, START + 2 * half);
        assertThat(answer(0)).isEqualTo(millis(125));
    }

    @Example
    void slowAnswerIsForgottenWhenNobodyHasAskedForADay() {
        note(300);
        times.note(NANO, START + 2 * FailureDelay.MEMORY.toNanos());
        assertThat(answer(0)).isEqualTo(millis(125));
    }

    /** The proof of the promise: once the store was as slow as it gets, the answer says nothing of how long it took. */
    @Property
    @Tag("G20")
    void answersOfAllThatTookNoLongerThanTheSlowestComeAtTheSameTime(
            @ForAll("durations") Duration slowest,
            @ForAll @IntRange(max = 1000) int part,
            @ForAll @IntRange(max = 1000) int otherPart) {
        FailureDelay times = new FailureDelay(); // all rounds of a property have one test class
        times.note(slowest, START);

        Duration one = times.answerAfter(slowest.multipliedBy(part).dividedBy(1000));
        Duration other = times.answerAfter(slowest.multipliedBy(otherPart).dividedBy(1000));

        assertThat(one).isEqualTo(other).isGreaterThanOrEqualTo(slowest).isLessThanOrEqualTo(FailureDelay.LONGEST);
    }

    @Property
    void nobodyWaitsForMoreThanASecond(@ForAll("durations") Duration slowest, @ForAll("durations") Duration took) {
        FailureDelay times = new FailureDelay();
        times.note(slowest, START);

        assertThat(times.answerAfter(took)).isBetween(took, FailureDelay.LONGEST);
    }

    @Provide
    Arbitrary<Duration> durations() {
        return Arbitraries.longs().between(0, FailureDelay.LONGEST.toNanos()).map(Duration::ofNanos);
    }

    private void note(long millis) {
        times.note(millis(millis), START);
    }

    private Duration answer(long millis) {
        return times.answerAfter(millis(millis));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
