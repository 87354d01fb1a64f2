package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.withBearer;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.PosternException;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.Confidential;
import dev.postern.testing.PassingCache;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All that is logged at any level while tokens and passwords go through the mechanism. */
@Tag("S-26")
@Tag("S-62")
@Tag("S-74")
@Tag("V-10")
@Tag("G23")
@Tag("I9")
class NothingSecretIsLoggedTest {

    private final CapturedLog log = CapturedLog.ofAll("dev.postern");
    private final Confidential secrets = new Confidential();

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void whileASessionLivesIsCopiedAndEnds() {
        TestDesk desk = new TestDesk();
        String first = known(desk.signIn(anonymous(), ANN, false).cookie());
        desk.sessions.twin().pass(TestSessions.RENEW);
        String second = known(desk.resume(withCookie(first)).cookie());
        desk.resume(withCookie(second));
        desk.resume(withCookie(second).header("Cookie", TestDesk.COOKIE + "=" + first));
        desk.resume(withCookie(second.substring(1)));
        desk.resume(withBearer(second));
        String third = known(desk.signIn(withCookie(second), ANN, true).cookie());
        desk.resume(withCookie(third));
        desk.sessions.twin().pass(TestSessions.GRACE.multipliedBy(5));
        desk.resume(withCookie(first));
        String fourth = known(desk.cookieOfAnn());
        desk.signOut(withCookie(fourth));
        desk.resume(withCookie(fourth));

        assertThat(lines()).hasSizeGreaterThan(8).anyMatch(line -> line.contains("authn_token_reuse: "));
        assertThat(lines()).allSatisfy(line -> assertThat(secrets.find(line)).isEmpty());
    }

    @Test
    void whileTheGridDoesNotAnswer() {
        TestSessions sessions = new TestSessions();
        String token = known(sessions.begin("ann").token().reveal());
        secrets.addPassword(FrontDesk.PASSWORD);
        FrontDesk desk = new FrontDesk(new PassingCache(sessions.twin()) {
            @Override
            public Optional<byte[]> read(RowKey key, Deadline deadline) {
                throw new PosternException("The grid did not answer " + key + ".");
            }
        });

        desk.signIn(FrontDesk.anonymous());
        desk.page(token, true);

        assertThat(lines()).anyMatch(line -> line.contains("grid_failed: "));
        assertThat(lines()).allSatisfy(line -> assertThat(secrets.find(line)).isEmpty());
    }

    private String known(String token) {
        assertThat(secrets.addToken(token)).isTrue();
        return token;
    }

    /** With the traces of what was thrown. */
    private List<String> lines() {
        return log.records().stream()
                .map(entry -> new SimpleFormatter().formatMessage(entry) + trace(entry))
                .toList();
    }

    private static String trace(LogRecord entry) {
        StringWriter trace = new StringWriter();
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(trace));
        }
        return trace.toString();
    }
}
