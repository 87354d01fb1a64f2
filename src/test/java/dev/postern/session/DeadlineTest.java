package dev.postern.session;

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
}
