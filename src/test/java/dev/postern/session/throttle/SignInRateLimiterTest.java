package dev.postern.session.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.SignInThrottled;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.testing.InMemoryFailureCounts;
import dev.postern.testing.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B3")
class SignInRateLimiterTest {

    private static final String HOME = "192.0.2.1";

    private final InMemoryFailureCounts counts = new InMemoryFailureCounts(TestSessions.START);
    private final List<SessionEvent> events = new ArrayList<>();
    private final SignInRateLimiter rate =
            new SignInRateLimiter(counts, new TestSessions().mint(), 100, new EventPublisher(events::add));

    @Test
    void soManyAtOnceAndThenOneAtATime() {
        for (int signIns = 0; signIns < 100; signIns++) {
            assertThat(claim("ann")).isZero();
        }

        assertThat(claim("ann")).isEqualTo(Duration.ofSeconds(6));
        counts.pass(Duration.ofMillis(5_999));
        assertThat(claim("ann")).isEqualTo(Duration.ofMillis(1));
        counts.pass(Duration.ofMillis(1));
        assertThat(claim("ann")).isZero();
        assertThat(claim("ann")).isEqualTo(Duration.ofSeconds(6));
        assertThat(claim("bob")).isZero();
    }

    @Test
    void isWholeAgainAfterAPeriod() {
        for (int signIns = 0; signIns < 100; signIns++) {
            claim("ann");
        }
        counts.pass(SignInRateLimiter.PERIOD);

        for (int signIns = 0; signIns < 100; signIns++) {
            assertThat(claim("ann")).isZero();
        }
        assertThat(claim("ann")).isPositive();
    }

    /** For a client that never pauses. */
    @Test
    void inAnHourThereAreNoMoreThanTheRateAllows() {
        int made = 0;
        for (int seconds = 0; seconds < 3_600; seconds++) {
            made += claim("ann").isZero() ? 1 : 0;
            made += claim("ann").isZero() ? 1 : 0;
            counts.pass(Duration.ofSeconds(1));
        }

        assertThat(made).isBetween(100 + 3_600 / 6 - 1, 100 + 3_600 / 6 + 1);
    }

    @Test
    void ofAllThatRaceNoMoreAreLetThrough() throws Exception {
        for (int signIns = 0; signIns < 95; signIns++) {
            claim("ann");
        }

        List<Duration> pauses = Race.of(16, racer -> claim("ann"));

        assertThat(pauses.stream().filter(Duration::isZero)).hasSize(5);
    }

    @Test
    void refusalIsTold() {
        for (int signIns = 0; signIns < 101; signIns++) {
            claim("ann");
        }

        assertThat(events).containsExactly(new SignInThrottled(Optional.of("ann"), HOME, TestSessions.START));
    }

    @Test
    void clockThatWasPutBackBarsNobody() {
        for (int signIns = 0; signIns < 100; signIns++) {
            claim("ann");
        }
        counts.pass(Duration.ofDays(-1));

        assertThat(claim("ann")).isZero();
        assertThat(claim("ann")).isLessThanOrEqualTo(SignInRateLimiter.PERIOD);
    }

    @Test
    void gridThatDoesNotAnswerLetsNobodyIn() {
        counts.setBroken(true);

        assertThatThrownBy(() -> claim("ann")).isInstanceOf(PosternException.class);
    }

    @Test
    void keysNameNobody() {
        claim("ann");

        assertThat(counts.text()).isNotEqualTo("{}").doesNotContain("ann");
    }

    private Duration claim(String user) {
        return rate.claim(user, HOME);
    }

    @Test
    void givesUpWhenOthersHaveBeenQuickerFiveHundredTimes() {
        counts.setContested();

        assertThatThrownBy(() -> claim("ann")).isInstanceOf(PosternException.class);

        assertThat(counts.reads()).isEqualTo(500);
    }
}
