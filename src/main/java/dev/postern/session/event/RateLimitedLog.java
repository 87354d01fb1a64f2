package dev.postern.session.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Warns of what can happen in every request, once in a while: a grid that is away must not fill the disk with one stack
 * trace a request. Each warning says how many were left out since the one before.
 *
 * <p>Safe for concurrent use.
 */
public final class RateLimitedLog {

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Logger log;
    private final LongSupplier nanoTime;
    private long admittedAt;
    private long leftOut = -1;

    /**
     * Warns at most once in ten seconds.
     *
     * @param nanoTime a monotonic clock in nanoseconds, {@link System#nanoTime()} for instance
     */
    public RateLimitedLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** Logs the sentence and the stack trace of the cause, unless a warning has just been logged. */
    public void warn(String sentence, Throwable cause) {
        admit().ifPresent(count -> log.log(Level.WARNING, sentence(sentence, count), cause));
    }

    /** Logs the sentence, unless a warning has just been logged. */
    public void warn(String sentence) {
        admit().ifPresent(count -> log.log(Level.WARNING, sentence(sentence, count)));
    }

    private static String sentence(String sentence, long count) {
        return count == 0 ? sentence : sentence + " (" + count + " more since the last of these warnings)";
    }

    /** How many were left out before this one; empty if this one is left out too. */
    private synchronized OptionalLong admit() {
        long now = nanoTime.getAsLong();
        if (leftOut >= 0 && now - admittedAt < EVERY.toNanos()) {
            leftOut++;
            return OptionalLong.empty();
        }
        long count = Math.max(0, leftOut);
        admittedAt = now;
        leftOut = 0;
        return OptionalLong.of(count);
    }
}
