package dev.postern.session.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-35")
class ThrottleLimitsTest {

    /** The numbers that the settings give: a quarter of an hour at most, and a minute for the wide limits. */
    @Test
    void wideLimitsHaveManyFreeTriesAndShortWaits() {
        ThrottleLimits limits = ThrottleLimits.of(5, 100, Duration.ofMinutes(15));

        assertThat(limits.ofPair())
                .isEqualTo(new ThrottleLimits.Limit(5, Duration.ofMinutes(15), Duration.ofMinutes(15)));
        assertThat(limits.ofUser())
                .isEqualTo(new ThrottleLimits.Limit(50, Duration.ofMinutes(1), Duration.ofSeconds(18)));
        assertThat(limits.ofAddress())
                .isEqualTo(new ThrottleLimits.Limit(100, Duration.ofMinutes(1), Duration.ofSeconds(9)));
    }

    /** The numbers in limits.md: 17 wrong ones, and one more in each hour. */
    @Test
    void secondFactorsHaveFewFreeTriesAndLongWaits() {
        ThrottleLimits.Limit limit =
                ThrottleLimits.of(5, 100, Duration.ofMinutes(15)).ofSecondFactor();

        assertThat(limit).isEqualTo(new ThrottleLimits.Limit(5, Duration.ofHours(1), Duration.ofHours(1)));
        assertThat(limit.mostFailures()).isEqualTo(17);
    }
}
