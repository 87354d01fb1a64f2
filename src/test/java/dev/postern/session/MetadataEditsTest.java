package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Revoked;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a request changes in its session's metadata. */
@Tag("X-39")
class MetadataEditsTest {

    private final TestSessions sessions = new TestSessions();
    private final LiveSession session = sessions.beginWith("ann", draft -> draft.put("desk", "three"));

    @Test
    void isSavedInOneSwap() {
        int writes = sessions.cache().writes();
        int reads = sessions.cache().reads();

        assertThat(edit(put("desk", "four").and("step", Optional.of("1"))))
                .isEqualTo(Map.of("desk", "four", "step", "1"));
        assertThat(metadata()).isEqualTo(Map.of("desk", "four", "step", "1"));
        assertThat(edit(put("desk", "five"), sessions.live(session.token())))
                .as("what the request after it makes of it")
                .isEqualTo(Map.of("desk", "five", "step", "1"));
        assertThat(sessions.cache().writes()).isEqualTo(writes + 2);
        assertThat(sessions.cache().reads())
                .as("and one for the request after it")
                .isEqualTo(reads + 3);
    }

    @Test
    void takesAnEntryAway() {
        assertThat(edit(MetadataEdits.NONE.and("desk", Optional.empty()).and("none", Optional.empty())))
                .isEmpty();
        assertThat(metadata()).isEmpty();
    }

    @Test
    void thatChangesNothingIsNotWritten() {
        int writes = sessions.cache().writes();

        edit(put("desk", "three").and("none", Optional.empty()));
        assertThat(sessions.cache().writes()).isEqualTo(writes);
    }

    @Test
    @Tag("V-27")
    void isMadeAgainOnWhatSomebodyElseHasWritten() {
        sessions.cache().beforeNextWrite(() -> edit(put("other", "theirs").and("desk", Optional.empty())));

        assertThat(edit(put("own", "mine"))).isEqualTo(Map.of("own", "mine", "other", "theirs"));
        assertThat(metadata()).isEqualTo(Map.of("own", "mine", "other", "theirs"));
    }

    @Test
    void leavesTheRestOfTheRowToWhoeverHasChangedIt() {
        sessions.twin().pass(TestSessions.RENEW);
        sessions.cache()
                .beforeNextWrite(
                        () -> assertThat(sessions.offer(session.token())).isPresent());

        edit(put("own", "mine"));
        Active row = sessions.active(session.token());
        assertThat(row.generation().offers().all()).hasSize(1);
        assertThat(row.metadata()).containsEntry("own", "mine");
    }

    @Test
    void isMadeWhenItsAnswerWasLost() {
        sessions.cache().denyNextWrites(1);

        assertThat(edit(put("desk", "four"))).isEqualTo(Map.of("desk", "four"));
    }

    @Test
    @Tag("H-08")
    @Tag("V-04")
    void revivesNoSession() {
        sessions.cache().beforeNextWrite(() -> sessions.end(session.token()));

        assertThat(sessions.keeper().edit(session, put("note", "too late"))).isEmpty();
        assertThat(sessions.row(session.token()))
                .hasValueSatisfying(row -> assertThat(row).isInstanceOf(Revoked.class));
    }

    @Test
    void isRefusedToASessionThatHasRunOut() {
        sessions.twin().pass(TestSessions.IDLE);

        assertThat(sessions.keeper().edit(session, put("note", "too late"))).isEmpty();
        assertThat(metadata()).isEqualTo(Map.of("desk", "three"));
    }

    /** A request may take longer than its session could be idle, while others use it. */
    @Test
    void isMadeOnASessionThatOthersHaveKeptAlive() {
        sessions.twin().pass(TestSessions.IDLE.dividedBy(2));
        sessions.live(session.token());
        sessions.twin().pass(TestSessions.IDLE.dividedBy(2));

        assertThat(edit(put("desk", "four"))).isEqualTo(Map.of("desk", "four"));
    }

    @Test
    void makesRoomBeforeItAdds() {
        Map<String, String> full = new HashMap<>();
        for (int i = 0; i < 32; i++) {
            full.put("entry" + i, "x");
        }
        full.remove("entry5");
        full.put("m", "x");

        assertThat(put("a", "x").and("m", Optional.empty()).on(full))
                .hasSize(32)
                .containsKey("a");
        assertThat(put("z", "x").and("m", Optional.empty()).on(full))
                .hasSize(32)
                .containsKey("z");
    }

    @Test
    void neverAddsMoreThanASessionKeeps() {
        MetadataEdits many = MetadataEdits.NONE;
        for (int i = 0; i < 31; i++) {
            many = many.and("entry" + i, Optional.of("x"));
        }
        MetadataEdits full = many;
        sessions.cache().beforeNextWrite(() -> edit(put("other", "theirs")));

        assertThat(full.on(session.row().metadata())).hasSize(32);
        assertThatThrownBy(() -> edit(full))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 32");
        assertThat(metadata()).isEqualTo(Map.of("desk", "three", "other", "theirs"));
    }

    private static MetadataEdits put(String name, String value) {
        return MetadataEdits.NONE.and(name, Optional.of(value));
    }

    private Map<String, String> edit(MetadataEdits edits) {
        return edit(edits, session);
    }

    private Map<String, String> edit(MetadataEdits edits, LiveSession of) {
        return sessions.keeper().edit(of, edits).orElseThrow().row().metadata();
    }

    private Map<String, String> metadata() {
        return sessions.active(session.token()).metadata();
    }
}
