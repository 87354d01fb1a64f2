package dev.postern.session;

import static dev.postern.session.TestSessions.RENEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.token.Token;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes to a row that changes all the time. Each attempt is two swaps: the second asks what became of the first. */
class GivingUpTest {

    private final TestSessions sessions = new TestSessions();
    private final Token token = sessions.begin("ann").token();
    private int changes;

    @BeforeEach
    void changeTheRowBeforeEveryWrite() {
        sessions.twin().pass(RENEW);
        sessions.cache().beforeEveryWrite(() -> {
            changes++;
            SessionRow.Active row = sessions.active(token).withMetadata(Map.of("changes", "" + changes));
            sessions.spoil(token, row);
        });
    }

    @Test
    void endsTheEndingOfASessionWhenTheTimeIsUp() {
        assertThatItGivesUp(() -> sessions.end(token));
    }

    @Test
    void endsASignInOverASessionWhenTheTimeIsUp() {
        assertThatItGivesUp(() -> sessions.beginOver(token, "ann"));
    }

    @Test
    void endsAnEditOfMetadataWhenTheTimeIsUp() {
        LiveSession session = new LiveSession(token, sessions.active(token), TestSessions.START);
        MetadataEdits edits = MetadataEdits.NONE.and("note", Optional.of("x"));
        assertThatItGivesUp(() -> sessions.keeper().edit(session, edits));
    }

    @Test
    void leavesTheRenewalOfASecretToTheNextRequestAfterEightTries() {
        int before = sessions.cache().writes();

        assertThat(sessions.offer(token)).isEmpty();

        assertThat(sessions.cache().writes() - before).isEqualTo(16);
    }

    private void assertThatItGivesUp(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOf(PosternException.class)
                .hasMessageContaining(RowKey.of(token).text())
                .hasMessageContaining("changed each time");
    }
}
