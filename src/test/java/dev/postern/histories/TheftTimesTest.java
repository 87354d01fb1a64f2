package dev.postern.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.postern.histories.Afternoon.Outcome;
import dev.postern.histories.Thief.Appearance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long a thief stays unseen, and that no owner is treated as one. The figures are printed;
 * {@code src/docs/rotation.md} has those of a long run. An owner's own pauses, here of two minutes at most, come on top
 * of the longest times. The property {@code test.afternoons} of the build says how many afternoons are lived through
 * for each of them.
 */
@Tag("G9")
@Tag("I12")
class TheftTimesTest {

    private static final int AFTERNOONS = Integer.getInteger("test.afternoons", 100);
    private static final int FEW = Math.max(1, AFTERNOONS / 4);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    private static final Logger EVENTS = Logger.getLogger("dev.postern.events");

    @BeforeAll
    static void keepTheLogShort() {
        EVENTS.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        EVENTS.setLevel(null);
    }

    @Test
    void busyThievesAreFoundWithin23MinutesAndAPause() {
        assertThat(found(new Thief("busy", RequestPace.BUSY, Habit.KEEPS, Appearance.OWN), 13))
                .isLessThanOrEqualTo(Duration.ofMinutes(23).plus(LONGEST_PAUSE));
    }

    @Test
    void calmThievesAreFoundWithin27MinutesAndAPause() {
        assertThat(found(new Thief("calm", RequestPace.CALM, Habit.KEEPS, Appearance.OWN), 15))
                .isLessThanOrEqualTo(Duration.ofMinutes(27).plus(LONGEST_PAUSE));
    }

    @Test
    void slowThievesAreFoundWithin89MinutesAndAPause() {
        assertThat(found(new Thief("slow", RequestPace.SLOW, Habit.KEEPS, Appearance.OWN), 45))
                .isLessThanOrEqualTo(Duration.ofMinutes(89).plus(LONGEST_PAUSE));
    }

    @Test
    void busyThievesWhoLookLikeTheOwnerAreFoundWithin23MinutesAndAPause() {
        assertThat(found(new Thief("busy, looks like the owner", RequestPace.BUSY, Habit.KEEPS, Appearance.OWNERS), 13))
                .isLessThanOrEqualTo(Duration.ofMinutes(23).plus(LONGEST_PAUSE));
    }

    @Test
    @Tag("A4")
    void busyThievesWhoTakeOffersAndUseNoneAreFound() {
        assertThat(found(new Thief("takes offers, busy", RequestPace.BUSY, Habit.IGNORES, Appearance.OWN), 16))
                .isLessThanOrEqualTo(Duration.ofMinutes(35));
    }

    @Test
    @Tag("A4")
    void punctualThievesWhoTakeOffersAndUseNoneAreFound() {
        assertThat(found(
                        new Thief("takes every offer, punctual", RequestPace.PUNCTUAL, Habit.IGNORES, Appearance.OWN),
                        16))
                .isLessThanOrEqualTo(Duration.ofMinutes(35));
    }

    @Test
    @Tag("A4")
    void calmThievesWhoTakeOffersAndUseNoneAreFound() {
        assertThat(found(new Thief("takes offers, calm", RequestPace.CALM, Habit.IGNORES, Appearance.OWN), 17))
                .isLessThanOrEqualTo(Duration.ofMinutes(35));
    }

    @Test
    @Tag("A4")
    void slowThievesWhoTakeOffersAndUseNoneAreFound() {
        assertThat(found(new Thief("takes offers, slow", RequestPace.SLOW, Habit.IGNORES, Appearance.OWN), 50))
                .isLessThanOrEqualTo(Duration.ofMinutes(110));
    }

    @Test
    @Tag("A4")
    void thievesWhoPutOffersAsideAreFound() {
        assertThat(found(new Thief("puts offers aside", RequestPace.BUSY, Habit.HOARDS, Appearance.OWN), 20))
                .isLessThanOrEqualTo(Duration.ofMinutes(45));
    }

    /** By chance: one in some hundreds takes an hour and more, and is reported before. */
    @Test
    @Tag("A4")
    void thievesWhoTakeOffersAndLookLikeTheOwnerAreFound() {
        assertThat(found(
                        new Thief(
                                "takes every offer, looks like the owner",
                                RequestPace.PUNCTUAL,
                                Habit.IGNORES,
                                Appearance.OWNERS),
                        20))
                .isLessThanOrEqualTo(Duration.ofMinutes(100));
    }

    @Test
    @Tag("A4")
    void thievesWhoTakeOffersAndLookLikeManyAreFound() {
        Thief many = new Thief(
                "takes offers, looks like many", RequestPace.FLOODING, Habit.IGNORES, Appearance.ANOTHER_EACH_TIME);
        assertThat(found(many, 25, FEW)).isLessThanOrEqualTo(Duration.ofMinutes(100));
    }

    @Test
    void thievesWhoStopWhenTheyAreRefusedAreFoundOrShutOut() {
        assertThat(lived(
                        new Thief("stops when refused", RequestPace.BUSY, Habit.KEEPS_AND_STOPS, Appearance.OWN),
                        AFTERNOONS))
                .allMatch(Outcome::isOver);
        assertThat(lived(
                        new Thief(
                                "takes offers, stops when refused",
                                RequestPace.BUSY,
                                Habit.IGNORES_AND_STOPS,
                                Appearance.OWN),
                        AFTERNOONS))
                .allMatch(Outcome::isOver);
    }

    @ParameterizedTest
    @EnumSource
    void ownersAreNeverTakenForThieves(Appearance owner) {
        int afternoons = owner == Appearance.OWN ? AFTERNOONS : FEW;
        long reported = LongStream.range(0, afternoons)
                .filter(seed -> isReported(seed, owner))
                .count();
        System.out.printf("no thief, the owner looks like %s: reported in %d of %d%n", owner, reported, afternoons);
    }

    private static boolean isReported(long seed, Appearance owner) {
        Afternoon afternoon = new Afternoon(seed, owner);
        assertThatCode(afternoon::undisturbed).as("seed %d", seed).doesNotThrowAnyException();
        return afternoon.isReported();
    }

    private static Duration found(Thief thief, int medianMinutes) {
        return found(thief, medianMinutes, AFTERNOONS);
    }

    /** The longest time; the median is held against its own bound here. */
    private static Duration found(Thief thief, int medianMinutes, int afternoons) {
        List<Duration> times = sorted(lived(thief, afternoons), Outcome::found);
        assertThat(times).as("found").hasSize(afternoons);
        assertThat(times.get(times.size() / 2))
                .as("median, in minutes")
                .isLessThan(Duration.ofMinutes(medianMinutes).plusMinutes(1));
        return times.get(times.size() - 1);
    }

    private static List<Outcome> lived(Thief thief, int afternoons) {
        List<Outcome> all = LongStream.range(0, afternoons)
                .mapToObj(seed -> new Afternoon(seed).with(thief))
                .toList();
        long neither = all.stream().filter(one -> !one.isOver()).count();
        System.out.printf(
                "%s, %d afternoons: found %s; reported %s; shut out %s; neither found nor shut out %d%n",
                thief.name(),
                afternoons,
                figures(sorted(all, Outcome::found)),
                figures(sorted(all, Outcome::reported)),
                figures(sorted(all, Outcome::shutOut)),
                neither);
        return all;
    }

    private static List<Duration> sorted(List<Outcome> all, Function<Outcome, Optional<Duration>> which) {
        return all.stream().map(which).flatMap(Optional::stream).sorted().toList();
    }

    private static String figures(List<Duration> sorted) {
        return sorted.isEmpty()
                ? "0"
                : String.format(
                        "%d (median %d min, 95 %% %d min, longest %d min)",
                        sorted.size(),
                        sorted.get(sorted.size() / 2).toMinutes(),
                        sorted.get(sorted.size() * 95 / 100).toMinutes(),
                        sorted.get(sorted.size() - 1).toMinutes());
    }
}
