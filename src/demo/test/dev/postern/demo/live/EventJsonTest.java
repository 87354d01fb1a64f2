package dev.postern.demo.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void hasTheIdAndTheFields() {
        assertThat(EventJson.of(new SessionEvent.Ended("h4ndle", Ending.REUSED, NOON)))
                .isEqualTo("{\"id\":\"session_reused\",\"handle\":\"h4ndle\",\"reason\":\"REUSED\","
                        + "\"at\":\"2026-11-01T12:00:00Z\"}");
    }

    @Test
    void escapesWhatAClientHasTyped() {
        assertThat(EventJson.of(new SessionEvent.SignInFailed(Optional.of("a\"b"), "127.0.0.1", NOON)))
                .contains("\"user\":\"a\\\"b\"");
    }

    @Test
    void leavesOutWhatIsAbsent() {
        assertThat(EventJson.of(new SessionEvent.SignInFailed(Optional.empty(), "127.0.0.1", NOON)))
                .doesNotContain("user");
    }
}
