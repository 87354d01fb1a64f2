package dev.postern.session.throttle;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The value of a failure counter.
 *
 * <p>Immutable.
 *
 * @param failures how many sign-ins have failed
 * @param at when the last one did, by the cluster's clock, to the millisecond
 */
public record FailureCount(int failures, Instant at) {

    /** No failure was counted, or all are forgotten. */
    public static final FailureCount NONE = new FailureCount(0, Instant.EPOCH);

    /** How long the next try has to wait; zero if it need not. */
    Duration waitLeft(ThrottleLimits.Limit limit, Instant now) {
        Duration wait = limit.waitAfter(failures);
        Duration left = wait.minus(Duration.between(at, now));
        boolean isOfAnotherClock = left.compareTo(wait.multipliedBy(2)) > 0; // that has been put back (HZ-29)
        if (left.isNegative() || isOfAnotherClock) {
            return Duration.ZERO;
        }
        return left.compareTo(wait) < 0 ? left : wait;
    }

    /** How many failures are not forgotten yet. */
    int remembered(ThrottleLimits.Limit limit, Instant now) {
        Duration quiet = Duration.between(at.plus(limit.waitAfter(failures)), now);
        if (quiet.isNegative()) {
            return failures;
        }
        return (int) Math.max(0, failures - quiet.dividedBy(limit.forgetEvery()));
    }

    /** The counter with one more failure, now. */
    FailureCount afterFailure(ThrottleLimits.Limit limit, Instant now) {
        return new FailureCount(Math.min(remembered(limit, now) + 1, limit.mostFailures()), now);
    }

    /** The counter of a user who has just signed in. */
    static FailureCount reset(Instant now) {
        return new FailureCount(0, now);
    }

    /** After what time since the last failure all are forgotten. */
    Duration timeToLive(ThrottleLimits.Limit limit) {
        return limit.waitAfter(failures).plus(limit.forgetEvery().multipliedBy(failures));
    }

    /**
     * A counter as bytes: four for the failures, eight for the time in milliseconds. Equal counters have equal bytes.
     */
    public static final class Codec {

        private static final int BYTES = Integer.BYTES + Long.BYTES;

        private Codec() {}

        public static byte[] encode(FailureCount count) {
            return ByteBuffer.allocate(BYTES)
                    .putInt(count.failures())
                    .putLong(count.at().toEpochMilli())
                    .array();
        }

        /** The counter in the bytes; empty if they are not one. */
        public static Optional<FailureCount> decode(byte[] bytes) {
            if (bytes.length != BYTES) {
                return Optional.empty();
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return Optional.of(new FailureCount(in.getInt(), Instant.ofEpochMilli(in.getLong())))
                    .filter(count -> count.failures() >= 0);
        }
    }
}
