package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionTimesTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration ABSOLUTE = Duration.ofHours(12);
    private static final Duration TICK = Duration.ofMillis(1);

    private final SessionTimes times = SessionTimes.startingAt(START, new SessionTimes.Limits(IDLE, ABSOLUTE));

    @Test
    @Tag("S-08")
    void areOverExactlyAtTheIdleDeadline() {
        assertThat(times.areOver(START.plus(IDLE).minus(TICK))).isFalse();
        assertThat(times.areOver(START.plus(IDLE))).isTrue();
    }

    @Test
    @Tag("S-09")
    @Tag("X-13")
    void areOverExactlyAtTheAbsoluteDeadlineHoweverOftenUsed() {
        SessionTimes used = times;
        for (Instant now = START; now.isBefore(START.plus(ABSOLUTE)); now = now.plus(Duration.ofMinutes(1))) {
            used = used.usedAt(now, IDLE);
        }

        assertThat(used.absoluteDeadline()).isEqualTo(START.plus(ABSOLUTE));
        assertThat(used.areOver(START.plus(ABSOLUTE).minus(TICK))).isFalse();
        assertThat(used.areOver(START.plus(ABSOLUTE))).isTrue();
    }

    @Test
    @Tag("X-29")
    void countIdlenessFromTheLastUse() {
        Instant used = START.plusSeconds(600);

        assertThat(times.usedAt(used, IDLE).expires()).isEqualTo(used.plus(IDLE));
        assertThat(times.usedAt(used, IDLE).lastSeen()).isEqualTo(used);
    }

    @Test
    @Tag("H-16")
    void neverGoBackWhenTheClockDoes() {
        SessionTimes used = times.usedAt(START.plusSeconds(600), IDLE);

        SessionTimes later = used.usedAt(START.minusSeconds(600), IDLE);

        assertThat(later).isEqualTo(used);
    }

    @Test
    void neverLastLongerThanTheAbsoluteLimitAllows() {
        SessionTimes brief = SessionTimes.startingAt(START, new SessionTimes.Limits(IDLE, Duration.ofMinutes(10)));

        assertThat(brief.expires()).isEqualTo(START.plus(Duration.ofMinutes(10)));
    }
}
