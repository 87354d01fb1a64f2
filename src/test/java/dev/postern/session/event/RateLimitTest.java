package dev.postern.session.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final RateLimit limit = new RateLimit(3, PERIOD);
    private long nanos = Long.MAX_VALUE - 5; // a monotonic clock may overflow

    @Test
    void admitsTheMostInAPeriodAndNotOneMore() {
        assertThat(admitted(5)).isEqualTo(3);
        nanos += PERIOD.toNanos() - 1;
        assertThat(admitted(1)).isZero();
        nanos += 1;
        assertThat(admitted(5)).isEqualTo(3);
    }

    @Test
    void periodBeginsWithTheFirstThatIsAdmitted() {
        assertThat(admitted(1)).isEqualTo(1);
        nanos += PERIOD.toNanos() / 2;
        assertThat(admitted(5)).isEqualTo(2);
        nanos += PERIOD.toNanos() / 2;
        assertThat(admitted(5)).isEqualTo(3);
    }

    @Test
    void nextOneThatIsAdmittedSaysHowManyWereLeftOut() {
        admitted(10);
        nanos += PERIOD.toNanos();

        assertThat(limit.admit(nanos)).hasValue(7);
        assertThat(limit.admit(nanos)).hasValue(0);
    }

    /** Events of parallel requests arrive out of order. */
    @Test
    void timeThatIsALittleEarlierBelongsToThePeriod() {
        assertThat(admitted(3)).isEqualTo(3);
        nanos -= PERIOD.toNanos() - 1;
        assertThat(admitted(3)).isZero();
    }

    @Test
    void clockThatIsPutBackBeginsAPeriod() {
        assertThat(admitted(4)).isEqualTo(3);
        nanos -= PERIOD.toNanos();
        assertThat(admitted(4)).isEqualTo(3);
    }

    private int admitted(int asked) {
        int admitted = 0;
        for (int one = 0; one < asked; one++) {
            admitted += limit.admit(nanos).isPresent() ? 1 : 0;
        }
        return admitted;
    }
}
