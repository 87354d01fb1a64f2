package dev.postern.session.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.testing.CapturedLog;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final String NAME = RateLimitedLogTest.class.getName();

    private final RuntimeException cause = new RuntimeException("gone");
    private long nanos = Long.MAX_VALUE - 5; // it may overflow while the machine is up
    private final RateLimitedLog log = new RateLimitedLog(System.getLogger(NAME), () -> nanos);

    @Test
    void tellsTheCauseAndItsTraceWhereThatIsWanted() {
        try (CapturedLog captured = CapturedLog.ofAll(NAME)) {
            log.warnWithoutStack("No answer.", cause);
            log.warnWithoutStack("No answer.", cause);

            assertThat(captured.records())
                    .extracting(LogRecord::getLevel, LogRecord::getMessage, LogRecord::getThrown)
                    .containsExactly(
                            tuple(Level.WARNING, "No answer. gone", null),
                            tuple(Level.FINE, "The stack trace of this warning:", cause));
        }
    }

    @Test
    void warnsAtOnceAndThenOnceInTenSecondsWithTheNumberOfThoseLeftOut() {
        try (CapturedLog captured = CapturedLog.of(NAME)) {
            log.warn("No answer.", cause);
            log.warn("No answer.", cause);
            nanos += PERIOD.toNanos() - 1;
            log.warn("No answer.", cause);
            nanos += 1;
            log.warn("No answer.", cause);
            nanos += PERIOD.toNanos();
            log.warn("No answer.");

            assertThat(captured.records())
                    .extracting(LogRecord::getMessage)
                    .containsExactly(
                            "No answer.", "No answer. (2 more since the last of these warnings)", "No answer.");
            assertThat(captured.records()).extracting(LogRecord::getThrown).containsExactly(cause, cause, null);
        }
    }
}
