package dev.postern.session;

import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static dev.postern.session.TestSessions.TOUCH;
import static dev.postern.session.TestSessions.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.Token;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EpochTest {

    private final TestSessions sessions = new TestSessions();

    @Test
    @Tag("I14")
    @Tag("X-15")
    void endsASessionFromBeforeTheUsersEpochAtItsNextTouch() {
        Token token = sessions.begin("ann").token();
        sessions.createEpoch(token, START.plus(TICK));

        sessions.twin().pass(TOUCH);
        int reads = sessions.cache().reads();

        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        assertThat(sessions.cache().reads() - reads)
                .as("the session, the epoch, and the session to end it")
                .isEqualTo(3);
        assertThat(sessions.row(token))
                .hasValueSatisfying(row -> assertThat(row).isInstanceOf(Revoked.class));
    }

    @Test
    @Tag("X-14")
    @Tag("X-15")
    void reachesARememberedSessionByTheEpochToo() {
        Token token = sessions.remember("ann").token();
        sessions.createEpoch(token, START.plus(TICK));

        sessions.twin().pass(TestSessions.RENEW);

        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
    }

    @Test
    void letsASessionFromTheEpochItselfLive() {
        Token token = sessions.begin("ann").token();
        sessions.createEpoch(token, START);

        sessions.twin().pass(TOUCH);

        assertThat(sessions.live(token).handle()).isEqualTo(token.session());
    }

    @Test
    @Tag("G11")
    void throwsWhenTheEpochCannotBeRead() {
        Token token = sessions.begin("ann").token();
        sessions.twin().create(RowKey.epoch(token.user()), new byte[] {9}, soon());
        sessions.twin().pass(TOUCH);

        assertThatThrownBy(() -> sessions.resume(token)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> sessions.begin("ann")).isInstanceOf(PosternException.class);
    }
}
