package dev.postern.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a thief stays unseen, and that nobody is taken for one. Expected are 12 minutes in the median and 23 at most for a busy
 * thief, 14 and 27 for a calm, 40 and 89 for a slow one; an owner's own pauses, here of two minutes at most, come on top of the
 * longest. The figures are printed; the property
 * {@code test.afternoons} of the build says how many afternoons are lived through for each of them.
 */
@Tag("G9")
@Tag("I12")
class TheftTimesTest {

    private static final int AFTERNOONS = Integer.getInteger("test.afternoons", 100);
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
        assertThat(found("busy", Pace.BUSY, 12))
                .isLessThanOrEqualTo(Duration.ofMinutes(23).plus(LONGEST_PAUSE));
    }

    @Test
    void calmThievesAreFoundWithin27MinutesAndAPause() {
        assertThat(found("calm", Pace.CALM, 14))
                .isLessThanOrEqualTo(Duration.ofMinutes(27).plus(LONGEST_PAUSE));
    }

    @Test
    void slowThievesAreFoundWithin89MinutesAndAPause() {
        assertThat(found("slow", Pace.SLOW, 40))
                .isLessThanOrEqualTo(Duration.ofMinutes(89).plus(LONGEST_PAUSE));
    }

    @Test
    void ownersAreNeverTakenForThieves() {
        LongStream.range(0, AFTERNOONS).forEach(seed -> assertThatCode(() -> new Afternoon(seed).undisturbed())
                .as("seed %d", seed)
                .doesNotThrowAnyException());
    }

    /** The longest time; the median is held against its own bound here. */
    private static Duration found(String name, Pace pace, int medianMinutes) {
        List<Duration> times = LongStream.range(0, AFTERNOONS)
                .mapToObj(seed -> new Afternoon(seed).withThief(pace))
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        Duration median = times.get(times.size() / 2);
        Duration longest = times.get(times.size() - 1);
        System.out.printf(
                "%s thief: %d of %d found, median %s, longest %s%n", name, times.size(), AFTERNOONS, median, longest);
        assertThat(times).as("found").hasSize(AFTERNOONS);
        assertThat(median)
                .as("median, in minutes")
                .isLessThan(Duration.ofMinutes(medianMinutes).plusMinutes(1));
        return longest;
    }
}
