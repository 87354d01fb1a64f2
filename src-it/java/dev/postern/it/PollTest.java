package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void looksUntilItIsTrueInTheThreadOfTheCaller() {
        Thread caller = Thread.currentThread();

        assertThat(Poll.untilTrue(LONG, () -> Thread.currentThread().equals(caller) && looks.incrementAndGet() == 3))
                .isTrue();
        assertThat(looks).hasValue(3);
    }

    @Test
    void isFalseOnceTheTimeIsUp() {
        assertThat(Poll.untilTrue(SHORT, () -> false)).isFalse();
    }

    @Test
    void lateSuccessIsASuccess() {
        assertThat(Poll.untilTrue(SHORT, () -> {
                    Pause.ofMillis(20);
                    return true;
                }))
                .isTrue();
    }

    @Test
    void returnsTheFirstAnswerThatIsEnough() {
        assertThat(Poll.untilEnough(LONG, looks::incrementAndGet, number -> number >= 2))
                .isEqualTo(2);
        assertThat(looks).hasValue(2);
    }

    @Test
    void returnsTheLastAnswerIfNoneIsEnough() {
        assertThat(Poll.untilEnough(SHORT, looks::incrementAndGet, number -> false))
                .isEqualTo(looks.get());
    }

    @Test
    void failureOfALookIsThrownAtOnce() {
        assertThatThrownBy(() -> Poll.untilTrue(LONG, () -> {
                    looks.incrementAndGet();
                    throw new AssertionError("refused");
                }))
                .hasMessage("refused");
        assertThat(looks).hasValue(1);
    }
}
