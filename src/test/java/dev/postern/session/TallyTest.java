package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-22")
class TallyTest {

    private static final Instant NOW = TestSessions.START;
    private static final Duration TICK = TestSessions.TICK;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final TryLimit LIMIT = new TryLimit(5, LONGEST, LONGEST);

    @Test
    void nobodyWaitsWhileTriesAreFree() {
        assertThat(new Tally(4, NOW).left(LIMIT, NOW)).isZero();
        assertThat(new Tally(5, NOW).left(LIMIT, NOW)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void eachFurtherFailureDoublesTheWaitUntilItIsTheLongest() {
        assertThat(new Tally(6, NOW).left(LIMIT, NOW)).isEqualTo(Duration.ofSeconds(2));
        assertThat(new Tally(14, NOW).left(LIMIT, NOW)).isEqualTo(Duration.ofSeconds(512));
        assertThat(new Tally(15, NOW).left(LIMIT, NOW)).isEqualTo(LONGEST);
        assertThat(new Tally(Integer.MAX_VALUE, NOW).left(LIMIT, NOW)).isEqualTo(LONGEST);
        assertThat(LIMIT.most()).isEqualTo(15);
    }

    @Test
    void waitIsOverWhenItHasPassedAndNotBefore() {
        Tally tally = new Tally(6, NOW);

        assertThat(tally.left(LIMIT, NOW.plusSeconds(2).minus(TICK))).isEqualTo(TICK);
        assertThat(tally.left(LIMIT, NOW.plusSeconds(2))).isZero();
    }

    @Test
    void oneFailureIsForgottenEachTimeThatItHasBeenQuietLongEnoughAfterTheWait() {
        Tally tally = new Tally(6, NOW);
        Instant quiet = NOW.plusSeconds(2).plus(LONGEST);

        assertThat(tally.standing(LIMIT, quiet.minus(TICK))).isEqualTo(6);
        assertThat(tally.standing(LIMIT, quiet)).isEqualTo(5);
        assertThat(tally.failed(LIMIT, quiet)).isEqualTo(new Tally(6, quiet));
        assertThat(tally.standing(LIMIT, quiet.plus(LONGEST.multipliedBy(5)).minus(TICK)))
                .isEqualTo(1);
        assertThat(tally.standing(LIMIT, quiet.plus(LONGEST.multipliedBy(5)))).isZero();
        assertThat(tally.standing(LIMIT, quiet.plus(Duration.ofDays(4000)))).isZero();
    }

    @Test
    void isKeptForAsLongAsItMatters() {
        Tally tally = new Tally(6, NOW);

        assertThat(tally.standing(LIMIT, NOW.plus(tally.life(LIMIT)).minus(TICK)))
                .isEqualTo(1);
        assertThat(tally.standing(LIMIT, NOW.plus(tally.life(LIMIT)))).isZero();
        assertThat(Tally.NONE.life(LIMIT)).isZero();
    }

    @Test
    void nobodyCountsFurtherThanToTheLongestWait() {
        assertThat(new Tally(15, NOW).failed(LIMIT, NOW)).isEqualTo(new Tally(15, NOW));
    }

    @Test
    void firstFailureCountsOne() {
        assertThat(Tally.NONE.failed(LIMIT, NOW)).isEqualTo(new Tally(1, NOW));
    }

    /** The cluster's clock is another member's once its first one is gone. */
    @Test
    @Tag("HZ-29")
    void clockThatIsPutBackMakesNobodyWaitLonger() {
        Tally tally = new Tally(6, NOW);

        assertThat(tally.left(LIMIT, NOW.minusSeconds(2))).isEqualTo(Duration.ofSeconds(2));
        assertThat(tally.left(LIMIT, NOW.minusSeconds(2).minus(TICK))).isZero();
        assertThat(tally.standing(LIMIT, NOW.minus(Duration.ofDays(1)))).isEqualTo(6);
    }

    @Test
    void bytesAreReadAsTheyWereWrittenAndNothingElseIs() {
        Tally tally = new Tally(7, NOW);

        assertThat(TallyCodec.decode(TallyCodec.encode(tally))).hasValue(tally);
        assertThat(TallyCodec.encode(tally)).hasSize(12);
        assertThat(TallyCodec.decode(new byte[11])).isEmpty();
        assertThat(TallyCodec.decode(new byte[13])).isEmpty();
        assertThat(TallyCodec.decode(TallyCodec.encode(new Tally(-1, NOW)))).isEmpty();
    }
}
