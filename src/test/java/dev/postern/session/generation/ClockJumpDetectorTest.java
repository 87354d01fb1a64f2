package dev.postern.session.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("H-16")
class ClockJumpDetectorTest {

    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Duration RECOVERY = GRACE.multipliedBy(4);
    private static final Duration TOLERANCE = GRACE.dividedBy(30);
    private static final Duration TICK = Duration.ofMillis(1);

    private long nanos = 7;
    private Instant cluster = Instant.parse("2026-11-01T12:00:00Z");
    private final ClockJumpDetector watch = new ClockJumpDetector(GRACE, () -> nanos);

    @Test
    void findsNoFaultInAClockThatRunsEvenly() {
        assertThat(isSteady()).isTrue();
        both(Duration.ofDays(3));
        assertThat(isSteady()).isTrue();
    }

    @Test
    void putsUpWithAThirtiethOfAGrace() {
        isSteady();
        cluster = cluster.plus(TOLERANCE);
        assertThat(isSteady()).isTrue();
        cluster = cluster.minus(TOLERANCE);
        assertThat(isSteady()).isTrue();
    }

    @Test
    void noticesAJumpInEitherDirectionForFourGraces() {
        isSteady();
        cluster = cluster.plus(TOLERANCE).plus(TICK);
        assertThat(isSteady()).isFalse();
        both(RECOVERY);
        assertThat(isSteady()).isFalse();
        both(TICK);
        assertThat(isSteady()).isTrue();

        cluster = cluster.minus(TOLERANCE).minus(TICK);
        assertThat(isSteady()).isFalse();
    }

    @Test
    void beginsAnewAtEachJump() {
        isSteady();
        cluster = cluster.plus(Duration.ofHours(1));
        assertThat(isSteady()).isFalse();
        both(RECOVERY);
        cluster = cluster.plus(Duration.ofHours(1));
        assertThat(isSteady()).isFalse();
        both(RECOVERY);
        assertThat(isSteady()).isFalse();
    }

    @Test
    void noticesAClockThatStandsStill() {
        isSteady();
        nanos += GRACE.plus(TICK).toNanos();
        assertThat(isSteady()).isFalse();
    }

    private boolean isSteady() {
        return watch.isSteady(cluster);
    }

    private void both(Duration time) {
        cluster = cluster.plus(time);
        nanos += time.toNanos();
    }
}
