package dev.postern.session.event;

import static dev.postern.session.TestSessions.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent.Created;
import dev.postern.SessionEvent.Ended;
import dev.postern.SessionEvent.Rejected;
import dev.postern.SessionEvent.Rejected.Cause;
import dev.postern.SessionEvent.Renewed;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-63")
class SessionMetricsTest {

    private final TestSessions sessions = new TestSessions();
    private final List<Object> told = new ArrayList<>();
    private final EventPublisher events = new EventPublisher(told::add);
    private final SessionMetrics metrics = events.metrics();
    private final SessionKeeper keeper = new SessionKeeper(
            sessions.rows(sessions.cache()),
            new TokenMint("shop", () -> KeyRing.drawn(new byte[64]), new SecureRandom()),
            TestRows.LIMITS,
            events);

    @Test
    void countSignInsRenewalsAndEndings() {
        Token token = begin();
        sessions.twin().pass(TestSessions.RENEW);
        keeper.resume(token.reveal(), ACTIVE);
        keeper.end(token, Ending.SIGNED_OUT);
        begin();

        assertThat(metrics.of(Created.class)).isEqualTo(2);
        assertThat(metrics.of(Renewed.class)).isEqualTo(1);
        assertThat(metrics.of(Ended.class)).isEqualTo(1);
        assertThat(metrics.endings()).containsEntry(Ending.SIGNED_OUT, 1L).containsEntry(Ending.REVOKED, 0L);
        assertThat(told).hasSize(4);
    }

    @Test
    @Tag("S-75")
    void countWhatComesTooOftenToBeTold() {
        for (int i = 0; i < 50; i++) {
            keeper.resume("no token", ACTIVE);
        }
        Token ended = begin();
        keeper.end(ended, Ending.REVOKED);
        keeper.resume(ended.reveal(), ACTIVE);

        assertThat(metrics.rejections())
                .containsEntry(Cause.MALFORMED, 50L)
                .containsEntry(Cause.ENDED, 1L)
                .containsEntry(Cause.LATE, 0L);
        assertThat(told).filteredOn(Rejected.class::isInstance).hasSize(EventPublisher.MOST_A_SECOND);
    }

    private Token begin() {
        return keeper.begin(new SignInRequest(TestSessions.user("ann"), false, Optional.empty(), draft -> {}))
                .orElseThrow()
                .token();
    }
}
