package dev.postern.session.row;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the map keeps a row: a function of the row, so that every writer and every repair gives it the same time. It
 * only collects garbage; whether a session has ended is decided from the row.
 *
 * <p>A live copy of a row may be written on the far side of a split at any moment until its absolute deadline, and a
 * merge can hand its time to live on. So a tombstone stays until the absolute deadline, plus the longest time to live
 * of a live row, plus twice what the members' clocks may differ.
 *
 * <p>Safe for concurrent use.
 */
public final class RowTtl {

    /** What a live row stays beyond its idle deadline. */
    public static final Duration MARGIN = Duration.ofMinutes(10);

    /** How far the clocks of two members may be apart. */
    static final Duration CLOCK_BOUND = Duration.ofMinutes(5);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final RowCodec codec;
    private final Duration longestLive;
    private final Duration longestAbsolute;

    /**
     * The times of rows of sessions that live so long at most.
     *
     * @param longestIdle without use
     * @param longestAbsolute in any case
     */
    public RowTtl(RowCodec codec, Duration longestIdle, Duration longestAbsolute) {
        this.codec = codec;
        this.longestLive = longestIdle.plus(MARGIN);
        this.longestAbsolute = longestAbsolute;
    }

    /** How it reads rows. */
    public RowCodec codec() {
        return codec;
    }

    /**
     * The map's own default. Only a write that was interrupted leaves it behind, so it covers the longest live row
     * (D5).
     */
    public Duration mapDefault() {
        return longestLive;
    }

    /** The time to live of a row that is written now; at least a second, because zero would mean for ever. */
    public Duration timeToLive(RowKey key, byte[] row, Instant now) {
        return codec.decode(key, row)
                .map(decoded -> atLeast(SHORTEST, Duration.between(now, end(decoded))))
                .orElse(longestLive);
    }

    private Instant end(SessionRow row) {
        if (row instanceof SessionRow.Active active) {
            return active.times().expires().plus(MARGIN);
        }
        if (row instanceof SessionRow.Revoked revoked) {
            return outliving(revoked.absoluteDeadline());
        }
        return outliving(((SessionRow.Epoch) row).notBefore().plus(longestAbsolute));
    }

    private Instant outliving(Instant absoluteDeadline) {
        return absoluteDeadline.plus(longestLive).plus(CLOCK_BOUND.multipliedBy(2));
    }

    private static Duration atLeast(Duration least, Duration duration) {
        return duration.compareTo(least) < 0 ? least : duration;
    }
}
