package dev.postern.session.row;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the map keeps a row. It depends on the row alone, so every writer and every repair sets the same time. It
 * only collects garbage: whether a session has ended is decided from the row.
 *
 * <p>A tombstone has to outlive every live copy of its session. In another part of a split, a copy may be written until
 * the absolute deadline. After that it stays for the longest time to live of a live row at most: if its write was
 * interrupted (D5), or if a merge gave it the time to live of another live copy (D22). So a tombstone stays until the
 * absolute deadline, plus that time to live, plus twice the difference that is allowed between clocks.
 *
 * <p>The absolute deadline in a tombstone is set in two places: {@link SessionRow.Active#tombstone}, and {@code
 * SessionTerminator.tombstone} if no live row can be read. A third one, {@code RowRestorer}, writes the tombstone of a
 * session that its user's epoch ends. There the epoch lives long enough.
 *
 * <p>An epoch that ends nothing ({@link SessionRow.Epoch#NONE}) only says that a database has none. It stays as long as
 * a live row at most. If it is dropped, the database is asked once more.
 *
 * <p>Safe for concurrent use.
 */
public final class RowTtl {

    /** How long a live row stays after its idle deadline. */
    public static final Duration MARGIN = Duration.ofMinutes(10);

    /** The largest difference that is allowed between the clocks of two members. */
    static final Duration CLOCK_BOUND = Duration.ofMinutes(5);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final RowCodec codec;
    private final Duration longestLive;
    private final Duration longestAbsolute;

    /**
     * The times to live of the rows that the codec reads.
     *
     * @param longestIdle the longest that a session lives without use
     * @param longestAbsolute the longest that a session lives in any case
     */
    public RowTtl(RowCodec codec, Duration longestIdle, Duration longestAbsolute) {
        this.codec = codec;
        this.longestLive = longestIdle.plus(MARGIN);
        this.longestAbsolute = longestAbsolute;
    }

    /** The codec that reads the rows. */
    public RowCodec codec() {
        return codec;
    }

    /** The map's own default. An interrupted write leaves a row with it, so it covers the longest live row (D5). */
    public Duration mapDefault() {
        return longestLive;
    }

    /** The time to live of a row that is written now: at least a second, because zero means for ever. */
    public Duration timeToLive(RowKey key, byte[] row, Instant now) {
        return codec.decode(key, row)
                .filter(decoded -> !SessionRow.Epoch.isNone(decoded))
                .map(decoded -> atLeast(SHORTEST, Duration.between(now, end(key, decoded))))
                .orElse(longestLive);
    }

    private Instant end(RowKey key, SessionRow row) {
        if (row instanceof SessionRow.Active active) {
            return active.times().expires().plus(MARGIN);
        }
        if (row instanceof SessionRow.Revoked revoked) {
            return outliving(revoked.absoluteDeadline());
        }
        if (row instanceof SessionRow.HalfWay halfWay) {
            return halfWay.deadline().plus(CLOCK_BOUND);
        }
        if (row instanceof SessionRow.ProviderName token && key.isProviderToken()) {
            return token.ended().plus(CLOCK_BOUND.multipliedBy(2));
        }
        if (row instanceof SessionRow.ProviderName name) {
            return outliving(name.named().values().stream()
                    .reduce(name.ended().plus(longestAbsolute), (one, other) -> one.isAfter(other) ? one : other));
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
