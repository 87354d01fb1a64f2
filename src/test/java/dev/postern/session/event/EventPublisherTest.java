package dev.postern.session.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Created;
import dev.postern.SessionEvent.Ended;
import dev.postern.SessionEvent.Expired;
import dev.postern.SessionEvent.Rejected;
import dev.postern.SessionEvent.ReuseDetected;
import dev.postern.SessionEvent.SignInFailed;
import dev.postern.SessionEvent.SignInThrottled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bounds that {@link SessionEvent} and {@code src/docs/events.md} promise. */
@Tag("S-75")
class EventPublisherTest {

    private static final Logger EVENTS = Logger.getLogger("dev.postern.events");
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.500Z");
    private static final int MOST = EventPublisher.MOST_A_SECOND;

    private final List<SessionEvent> observed = new ArrayList<>();
    private final EventPublisher events = new EventPublisher(observed::add);

    @BeforeAll
    static void keepTheLogShort() {
        EVENTS.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        EVENTS.setLevel(null);
    }

    @Test
    void rejectedAndExpiredTokensHaveOneLimitTogether() {
        fire(2 * MOST, rejected(NOW), new Expired("h", NOW));

        assertThat(observed).hasSize(MOST);
        assertThat(events.metrics().of(Rejected.class)).isEqualTo(2 * MOST);
        assertThat(events.metrics().of(Expired.class)).isEqualTo(2 * MOST);
    }

    @Test
    void failedAndThrottledSignInsHaveOneLimitTogether() {
        fire(2 * MOST, failed(), new SignInThrottled(Optional.of("ann"), "192.0.2.1", NOW));

        assertThat(observed).hasSize(MOST);
    }

    @Test
    void reuseHasALimitWhereItEndsNothing() {
        fire(2 * MOST, new ReuseDetected("h", "ann", false, NOW));

        assertThat(observed).hasSize(MOST);
    }

    @Test
    void floodOfOneKindHidesNoneOfAnother() {
        fire(2 * MOST, rejected(NOW));
        fire(1, new ReuseDetected("h", "ann", false, NOW), failed());

        assertThat(observed).hasSize(MOST + 2);
    }

    @Test
    void whatBecomesOfSessionsHasNoLimit() {
        fire(
                2 * MOST,
                new Created("h", "ann", NOW),
                new ReuseDetected("h", "ann", true, NOW),
                new Ended("h", Ending.REUSED, NOW));

        assertThat(observed).hasSize(6 * MOST);
    }

    @Test
    void limitIsForASecond() {
        fire(2 * MOST, rejected(NOW));
        fire(2 * MOST, rejected(NOW.plusMillis(999)));
        assertThat(observed).hasSize(MOST);

        fire(2 * MOST, rejected(NOW.plusMillis(1000)));
        assertThat(observed).hasSize(2 * MOST);
    }

    private void fire(int times, SessionEvent... each) {
        for (int time = 0; time < times; time++) {
            List.of(each).forEach(events::fire);
        }
    }

    private static SessionEvent rejected(Instant at) {
        return new Rejected(Rejected.Cause.MALFORMED, Optional.empty(), at);
    }

    private static SessionEvent failed() {
        return new SignInFailed(Optional.of("ann"), "192.0.2.1", NOW);
    }
}
