package dev.postern.session;

import static dev.postern.session.TestSessions.ACTIVE;
import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.Secret;
import dev.postern.session.token.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What listeners, the log and the map are shown, and what a listener can do about it. */
class ListenersTest {

    private static final Logger LOG = Logger.getLogger("dev.postern.events");

    private final TestSessions sessions = new TestSessions();
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void listen() {
        LOG.addHandler(recorder);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(recorder);
    }

    @Test
    @Tag("X-32")
    void changeNothingWhenTheyThrow() {
        RowStore rows = sessions.rows(sessions.twin());
        SessionKeeper keeper = new SessionKeeper(rows, sessions.mint(), TestRows.LIMITS, new EventPublisher(event -> {
            throw new IllegalStateException("a listener that fails");
        }));

        Token token = sessions.begin("ann").token();
        sessions.twin().pass(RENEW);
        ResumeResult.Live renewed = (ResumeResult.Live) keeper.resume(token.reveal(), ACTIVE);
        Token successor = renewed.successor().orElseThrow();
        assertThat(keeper.resume(successor.reveal(), ACTIVE)).isInstanceOf(ResumeResult.Live.class);
        keeper.end(successor, Ending.SIGNED_OUT);

        assertThat(keeper.resume(token.reveal(), ACTIVE)).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
        assertThat(recorder.lines).anyMatch(line -> line.contains("An observer of"));
    }

    @Test
    @Tag("P-38")
    void areWarnedOfARowThatNobodyCanRead() {
        Token token = sessions.begin("ann").token();
        sessions.spoil(token, new byte[] {9});

        sessions.resume(token);

        assertThat(recorder.warnings)
                .singleElement()
                .asString()
                .contains("UNREADABLE", token.session().text());
    }

    @Test
    @Tag("X-07")
    void areWarnedOfACopy() {
        Token former = sessions.begin("ann").token();
        sessions.renewed(former);
        sessions.twin().pass(GRACE.multipliedBy(4));

        sessions.resume(former);

        assertThat(recorder.warnings)
                .singleElement()
                .asString()
                .contains("ReuseDetected", former.session().text());
    }

    @Test
    @Tag("X-21")
    @Tag("X-32")
    @Tag("S-35")
    void areShownNothingThatCouldBePresented() {
        Token first = sessions.begin("ann").token();
        Token second = sessions.renewed(first);
        Token third = sessions.beginOver(second, "ann").token();
        sessions.resume(first);
        List<Token> tokens = List.of(first, second, third);
        List<String> shown = new ArrayList<>(recorder.lines);
        sessions.events().forEach(event -> shown.add(event.toString()));
        shown.add(
                new String(sessions.twin().read(RowKey.of(third), soon()).orElseThrow(), StandardCharsets.ISO_8859_1));
        shown.add(RowKey.of(third).toString());
        sessions.twin().pass(IDLE);

        for (Token token : tokens) {
            byte[] bytes = Base64.getUrlDecoder().decode(token.reveal());
            String secret = new String(bytes, 38, Secret.BYTES, StandardCharsets.ISO_8859_1);
            assertThat(shown)
                    .allSatisfy(text -> assertThat(text)
                            .doesNotContain(token.reveal())
                            .doesNotContain(token.reveal().substring(50))
                            .doesNotContain(secret));
        }
        assertThat(shown)
                .hasSizeGreaterThan(10)
                .noneMatch(text -> sessions.keeper().recognise(text).isPresent());
    }

    private static final class Recorder extends Handler {

        private final List<String> lines = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
            if (entry.getLevel().equals(Level.WARNING)) {
                warnings.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
