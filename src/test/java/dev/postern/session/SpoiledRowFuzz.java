package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.postern.session.token.Token;
import org.junit.jupiter.api.Tag;

/** With any bytes in the row of its session a request is accepted or refused, and nothing breaks. */
class SpoiledRowFuzz {

    /** The sessions remember all that they have told, so that they are changed for others now and then. */
    private static final int INPUTS = 10_000;

    private TestSessions sessions = new TestSessions();
    private Token token = sessions.begin("ann").token();
    private int inputs;

    @Tag("V-33")
    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void resume(byte[] input) {
        if (++inputs % INPUTS == 0) {
            sessions = new TestSessions();
            token = sessions.begin("ann").token();
        }
        sessions.spoilSealed(token, input);

        assertThatCode(() -> sessions.resume(token)).doesNotThrowAnyException();
        assertThatCode(() -> sessions.end(token)).doesNotThrowAnyException();
    }
}
