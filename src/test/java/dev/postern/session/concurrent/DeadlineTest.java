package dev.postern.session.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The clock of the machine may begin anywhere, and may pass its greatest number. */
    @ParameterizedTest
    @ValueSource(longs = {0, -500_000_000, Long.MAX_VALUE - 500_000_000, Long.MIN_VALUE})
    @Tag("S-51")
    @Tag("I13")
    void leavesTheWholeWaitAtFirstAndNothingFromItsEndOn(long began) {
        long end = began + SECOND.toNanos();
        Deadline deadline = new Deadline(end);

        assertThat(deadline.nanosLeft(began)).isEqualTo(SECOND.toNanos());
        assertThat(deadline.nanosLeft(end - 1)).isEqualTo(1);
        assertThat(deadline.nanosLeft(end)).isZero();
        assertThat(deadline.nanosLeft(end + 1)).isZero();
        assertThat(deadline.nanosLeft(end + Duration.ofDays(1).toNanos())).isZero();
    }

    @Test
    void leavesNoMoreThanItGaveAndNeverLessThanNothing() {
        Duration hour = Duration.ofHours(1);

        assertThat(Deadline.in(hour).nanosLeft())
                .isBetween(hour.minusMinutes(10).toNanos(), hour.toNanos());
        assertThat(Deadline.in(hour.negated()).nanosLeft()).isZero();
    }

    @Test
    void isPutOffByWhatTheGridIsNotToBlameFor() {
        Deadline deadline = new Deadline(0).after(SECOND);

        assertThat(deadline).isEqualTo(new Deadline(SECOND.toNanos()));
    }
}
