package dev.postern.session.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.TestSessions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-22")
class FailureCountTest {

    private static final Instant NOW = TestSessions.START;
    private static final Duration TICK = TestSessions.TICK;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final ThrottleLimits.Limit LIMIT = new ThrottleLimits.Limit(5, LONGEST, LONGEST);

    @Test
    void nobodyWaitsWhileTriesAreFree() {
        assertThat(new FailureCount(4, NOW).waitLeft(LIMIT, NOW)).isZero();
        assertThat(new FailureCount(5, NOW).waitLeft(LIMIT, NOW)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void eachFurtherFailureDoublesTheWaitUntilItIsTheLongest() {
        assertThat(new FailureCount(6, NOW).waitLeft(LIMIT, NOW)).isEqualTo(Duration.ofSeconds(2));
        assertThat(new FailureCount(14, NOW).waitLeft(LIMIT, NOW)).isEqualTo(Duration.ofSeconds(512));
        assertThat(new FailureCount(15, NOW).waitLeft(LIMIT, NOW)).isEqualTo(LONGEST);
        assertThat(new FailureCount(Integer.MAX_VALUE, NOW).waitLeft(LIMIT, NOW))
                .isEqualTo(LONGEST);
        assertThat(LIMIT.mostFailures()).isEqualTo(15);
    }

    @Test
    void waitIsOverWhenItHasPassedAndNotBefore() {
        FailureCount count = new FailureCount(6, NOW);

        assertThat(count.waitLeft(LIMIT, NOW.plusSeconds(2).minus(TICK))).isEqualTo(TICK);
        assertThat(count.waitLeft(LIMIT, NOW.plusSeconds(2))).isZero();
    }

    @Test
    void oneFailureIsForgottenEachTimeThatItHasBeenQuietLongEnoughAfterTheWait() {
        FailureCount count = new FailureCount(6, NOW);
        Instant quiet = NOW.plusSeconds(2).plus(LONGEST);

        assertThat(count.remembered(LIMIT, quiet.minus(TICK))).isEqualTo(6);
        assertThat(count.remembered(LIMIT, quiet)).isEqualTo(5);
        assertThat(count.afterFailure(LIMIT, quiet)).isEqualTo(new FailureCount(6, quiet));
        assertThat(count.remembered(LIMIT, quiet.plus(LONGEST.multipliedBy(5)).minus(TICK)))
                .isEqualTo(1);
        assertThat(count.remembered(LIMIT, quiet.plus(LONGEST.multipliedBy(5)))).isZero();
        assertThat(count.remembered(LIMIT, quiet.plus(Duration.ofDays(4000)))).isZero();
    }

    @Test
    void isKeptForAsLongAsItMatters() {
        FailureCount count = new FailureCount(6, NOW);

        assertThat(count.remembered(LIMIT, NOW.plus(count.timeToLive(LIMIT)).minus(TICK)))
                .isEqualTo(1);
        assertThat(count.remembered(LIMIT, NOW.plus(count.timeToLive(LIMIT)))).isZero();
        assertThat(FailureCount.NONE.timeToLive(LIMIT)).isZero();
    }

    @Test
    void nobodyCountsFurtherThanToTheLongestWait() {
        assertThat(new FailureCount(15, NOW).afterFailure(LIMIT, NOW)).isEqualTo(new FailureCount(15, NOW));
    }

    @Test
    void firstFailureCountsOne() {
        assertThat(FailureCount.NONE.afterFailure(LIMIT, NOW)).isEqualTo(new FailureCount(1, NOW));
    }

    /** The cluster's clock is another member's once its first one is gone. */
    @Test
    @Tag("HZ-29")
    void clockThatIsPutBackMakesNobodyWaitLonger() {
        FailureCount count = new FailureCount(6, NOW);

        assertThat(count.waitLeft(LIMIT, NOW.minusSeconds(2))).isEqualTo(Duration.ofSeconds(2));
        assertThat(count.waitLeft(LIMIT, NOW.minusSeconds(2).minus(TICK))).isZero();
        assertThat(count.remembered(LIMIT, NOW.minus(Duration.ofDays(1)))).isEqualTo(6);
    }

    @Test
    void bytesAreReadAsTheyWereWrittenAndNothingElseIs() {
        FailureCount count = new FailureCount(7, NOW);

        assertThat(FailureCount.Codec.decode(FailureCount.Codec.encode(count))).hasValue(count);
        assertThat(FailureCount.Codec.encode(count)).hasSize(12);
        FailureCount reset = FailureCount.reset(NOW);
        assertThat(FailureCount.Codec.decode(FailureCount.Codec.encode(reset))).hasValue(reset);
        assertThat(FailureCount.Codec.decode(new byte[11])).isEmpty();
        assertThat(FailureCount.Codec.decode(new byte[13])).isEmpty();
        assertThat(FailureCount.Codec.decode(FailureCount.Codec.encode(new FailureCount(-1, NOW))))
                .isEmpty();
    }
}
