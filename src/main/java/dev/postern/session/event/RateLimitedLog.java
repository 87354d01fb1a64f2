package dev.postern.session.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Logs a warning that any request can cause, at most once in ten seconds. Each warning says how many were left out
 * since the one before. So a cluster that does not answer cannot fill the disk with one stack trace a request.
 *
 * <p>Safe for concurrent use.
 */
public final class RateLimitedLog {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final RateLimit limit = new RateLimit(1, PERIOD);
    private final Logger log;
    private final LongSupplier nanoTime;

    /**
     * A limit of one warning in ten seconds.
     *
     * @param nanoTime a monotonic clock in nanoseconds, {@link System#nanoTime()} for instance
     */
    public RateLimitedLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** Logs the sentence and the stack trace of the cause, unless a warning was logged in the last ten seconds. */
    public void warn(String sentence, Throwable cause) {
        limit.admit(nanoTime.getAsLong())
                .ifPresent(leftOut -> log.log(Level.WARNING, sentence(sentence, leftOut), cause));
    }

    /**
     * Logs the sentence and what the cause says, unless a warning was logged in the last ten seconds. The stack trace
     * is logged at the level {@code DEBUG}.
     */
    public void warnWithoutStack(String sentence, Throwable cause) {
        limit.admit(nanoTime.getAsLong()).ifPresent(leftOut -> {
            log.log(Level.WARNING, sentence(sentence + " " + cause.getMessage(), leftOut));
            log.log(Level.DEBUG, "The stack trace of this warning:", cause);
        });
    }

    /** Logs the sentence, unless a warning was logged in the last ten seconds. */
    public void warn(String sentence) {
        limit.admit(nanoTime.getAsLong()).ifPresent(leftOut -> log.log(Level.WARNING, sentence(sentence, leftOut)));
    }

    private static String sentence(String sentence, long leftOut) {
        return leftOut == 0 ? sentence : sentence + " (" + leftOut + " more since the last of these warnings)";
    }
}
