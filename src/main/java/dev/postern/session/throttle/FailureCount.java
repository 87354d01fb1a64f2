package dev.postern.session.throttle;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many sign-ins have failed, and when the last one did; the time is that of the cluster, to the millisecond.
 *
 * <p>Immutable.
 */
public record FailureCount(int failures, Instant at) {

    /** No failure was counted, or all are forgotten. */
    public static final FailureCount NONE = new FailureCount(0, Instant.EPOCH);

    /** How long the next try has to wait; zero when it need not. */
    Duration left(ThrottleLimits.Limit limit, Instant now) {
        Duration wait = limit.waitAfter(failures);
        Duration left = wait.minus(Duration.between(at, now));
        boolean isOfAnotherClock = left.compareTo(wait.multipliedBy(2)) > 0; // that has been put back (HZ-29)
        if (left.isNegative() || isOfAnotherClock) {
            return Duration.ZERO;
        }
        return left.compareTo(wait) < 0 ? left : wait;
    }

    /** The failures that are not forgotten yet. */
    int standing(ThrottleLimits.Limit limit, Instant now) {
        Duration quiet = Duration.between(at.plus(limit.waitAfter(failures)), now);
        if (quiet.isNegative()) {
            return failures;
        }
        return (int) Math.max(0, failures - quiet.dividedBy(limit.forgetting()));
    }

    /** The tally with one more failure, now. */
    FailureCount failed(ThrottleLimits.Limit limit, Instant now) {
        return new FailureCount(Math.min(standing(limit, now) + 1, limit.most()), now);
    }

    /** How long it matters after its time. */
    Duration life(ThrottleLimits.Limit limit) {
        return limit.waitAfter(failures).plus(limit.forgetting().multipliedBy(failures));
    }

    /** The tally of a user who has just signed in. */
    static FailureCount forgiven(Instant now) {
        return new FailureCount(0, now);
    }

    /**
     * A tally as bytes: the failures, four bytes, and the time in milliseconds, eight. Equal tallies have equal bytes.
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

        /** The tally; empty if the bytes are none. */
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
