package dev.postern.session;

import static dev.postern.session.TestSessions.ACTIVE;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static dev.postern.session.TestSessions.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.row.RowFormat;
import dev.postern.session.token.Token;
import dev.postern.session.user.SessionUser;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionResumerTest {

    private final TestSessions sessions = new TestSessions();

    @Test
    @Tag("P-04")
    @Tag("P-05")
    @Tag("P-53")
    void findsWhatWasBegun() {
        LiveSession begun = sessions.beginWith("ann", draft -> draft.put("desk", "three"));
        sessions.twin().pass(TICK);

        LiveSession resumed = sessions.live(begun.token());

        assertThat(resumed.row().user()).isEqualTo(new SessionUser("ann", Set.of("clerk"), Map.of()));
        assertThat(resumed.row().metadata()).isEqualTo(Map.of("desk", "three"));
        assertThat(resumed.handle()).isEqualTo(begun.handle());
        assertThat(resumed.row().times().created()).isEqualTo(START);
        assertThat(resumed.row().generation().since()).isEqualTo(START);
    }

    @Test
    @Tag("G19")
    void readsOneRowForAWarmRequest() {
        LiveSession begun = sessions.begin("ann");
        int before = sessions.cache().reads();

        sessions.live(begun.token());

        assertThat(sessions.cache().reads()).isEqualTo(before + 1);
    }

    @Test
    @Tag("P-06")
    @Tag("P-47")
    @Tag("S-68")
    void writesNothingForATokenWithoutARow() {
        Token token = sessions.mint().first(sessions.mint().userHandle("ann"));

        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Absent());
        assertThat(sessions.cache().writes()).isZero();
    }

    @Test
    void readsTheSessionAndTheEpochOnceWhenASuccessorComesBack() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(TestSessions.RENEW);
        Token successor = sessions.offer(token).orElseThrow();
        int reads = sessions.cache().reads();

        sessions.live(successor);

        assertThat(sessions.cache().reads() - reads).isEqualTo(2);
    }

    @Test
    @Tag("I10")
    @Tag("P-07")
    @Tag("S-68")
    void asksNobodyAboutAForgedToken() {
        LiveSession begun = sessions.begin("ann");
        String text = begun.token().reveal();
        int reads = sessions.cache().reads();
        int writes = sessions.cache().writes();
        String forged = text.substring(0, 60) + (text.charAt(60) == 'A' ? 'B' : 'A') + text.substring(61);

        assertThat(sessions.keeper().recognise(text).map(Token::session)).contains(begun.handle());
        assertThat(sessions.keeper().recognise(forged)).isEmpty();
        assertThat(sessions.keeper().resume(forged, ACTIVE)).isEqualTo(new ResumeResult.Malformed());
        assertThat(sessions.keeper().resume("", ACTIVE)).isEqualTo(new ResumeResult.Malformed());

        assertThat(sessions.cache().reads()).isEqualTo(reads);
        assertThat(sessions.cache().writes()).isEqualTo(writes);
        assertThat(sessions.active(begun.token())).isEqualTo(begun.row());
    }

    @Test
    @Tag("P-38")
    @Tag("P-46")
    @Tag("X-24")
    @Tag("V-33")
    void takesARowThatNobodyCanReadForNoSession() {
        Token token = sessions.begin("ann").token();
        sessions.spoil(token, new byte[] {9, 9});

        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Absent());
        sessions.end(token);
        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
    }

    @Test
    @Tag("P-66")
    void takesARowWithoutAUsersNameForNoSession() {
        LiveSession begun = sessions.begin("ann");
        String bytes = new String(new RowFormat().encode(begun.row()), StandardCharsets.ISO_8859_1);
        sessions.spoilSealed(begun.token(), bytes.replaceFirst("ann", "   ").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(sessions.resume(begun.token())).isEqualTo(new ResumeResult.Absent());
    }

    @Test
    @Tag("X-28")
    @Tag("P-118")
    @Tag("G11")
    void throwsWhenTheGridIsBroken() {
        Token token = sessions.begin("ann").token();
        sessions.twin().setBroken(true);

        assertThatThrownBy(() -> sessions.resume(token)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> sessions.begin("ann")).isInstanceOf(PosternException.class);

        sessions.twin().setBroken(false);
        assertThat(sessions.live(token).handle()).isEqualTo(token.session());
    }

    @Test
    void dropsATouchThatAnotherTouchOvertook() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(TOUCH);
        sessions.cache().beforeNextWrite(() -> {
            sessions.twin().pass(TICK);
            sessions.live(token);
        });

        LiveSession resumed = sessions.live(token);

        assertThat(resumed.row().times().lastSeen()).isEqualTo(START.plus(TOUCH).plus(TICK));
    }

    @Test
    void keepsNobodyOutBecauseTheRowNeverStandsStillForATouch() {
        LiveSession begun = sessions.begin("ann");
        sessions.twin().pass(TOUCH);
        sessions.cache().beforeEveryWrite(() -> {
            String writes = Integer.toString(sessions.cache().writes());
            sessions.spoil(begun.token(), begun.row().withMetadata(Map.of("writes", writes)));
        });

        LiveSession resumed = sessions.live(begun.token());

        assertThat(resumed.row().metadata())
                .isEqualTo(Map.of("writes", Integer.toString(sessions.cache().writes())));
    }

    @Test
    @Tag("G19")
    void readsTheSessionAndTheEpochOnceWhenAUseIsWritten() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(TOUCH);
        int reads = sessions.cache().reads();

        sessions.live(token);

        assertThat(sessions.cache().reads() - reads).isEqualTo(2);
    }
}
