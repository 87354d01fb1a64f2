package dev.postern.session.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void leavesNoMoreThanItGaveAndNeverLessThanNothing() {
        Duration hour = Duration.ofHours(1);

        assertThat(Deadline.in(hour).nanosLeft())
                .isBetween(hour.minusMinutes(10).toNanos(), hour.toNanos());
        assertThat(Deadline.in(hour.negated()).nanosLeft()).isZero();
    }

    @Test
    void isPutOffByWhatTheGridIsNotToBlameFor() {
        Deadline deadline = Deadline.in(Duration.ofHours(1));

        assertThat(deadline.after(Duration.ofHours(2)).nanosLeft())
                .isBetween(
                        Duration.ofHours(2).plusMinutes(50).toNanos(),
                        Duration.ofHours(3).toNanos());
    }
}
