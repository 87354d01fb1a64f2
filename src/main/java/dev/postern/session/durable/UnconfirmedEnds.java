package dev.postern.session.durable;

import dev.postern.session.row.RowKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Tombstones in the database that the grid has not taken, or perhaps not. If a session is still alive in the grid a
 * while later, its tombstone in the database is undone.
 *
 * <p>Each write of a tombstone to the database has bytes of its own, and replaces the one before. Only exactly these
 * bytes are undone. So the end of a session by another node is safe if its write comes later. If it came earlier, that
 * node may still be about to change the grid. So nothing is undone sooner than {@link #SETTLING} after its write. A
 * node that needs longer than {@link #SLOW} from the begin of its write to the end of the change of the grid writes
 * its tombstone again.
 *
 * <p>The number is bounded. Beyond that the oldest is forgotten, and its session stays over in the database. Safe for
 * concurrent use.
 */
final class UnconfirmedEnds {

    /** The most tombstones that wait. */
    static final int MOST = 10_000;

    /** From the begin of a write to the database to the end of the one to the grid. */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** Longer than {@link #SLOW}, because the clocks of two machines do not run evenly. */
    static final Duration SETTLING = Duration.ofMillis(1200);

    private final Deque<Unconfirmed> waiting = new ArrayDeque<>();

    /**
     * A tombstone in the database, with its bytes there.
     *
     * <p>Immutable, as long as the array is not changed.
     */
    static final class Unconfirmed {

        private final RowKey key;
        private final byte[] tombstone;
        private final long due;

        private Unconfirmed(RowKey key, byte[] tombstone, long due) {
            this.key = key;
            this.tombstone = tombstone;
            this.due = due;
        }

        RowKey key() {
            return key;
        }

        byte[] tombstone() {
            return tombstone;
        }
    }

    /** Adds a tombstone whose write to the database has returned by now, in nanoseconds of a monotonic clock. */
    synchronized void add(RowKey key, byte[] tombstone, long now) {
        waiting.add(new Unconfirmed(key, tombstone, now + SETTLING.toNanos()));
        if (waiting.size() > MOST) {
            waiting.remove();
        }
    }

    /** At most so many of those that are due. They go on waiting. */
    synchronized List<Unconfirmed> due(long now, int most) {
        return waiting.stream()
                .takeWhile(one -> now - one.due >= 0)
                .limit(most)
                .toList();
    }

    /** These need not be looked at any more. */
    synchronized void remove(List<Unconfirmed> done) {
        waiting.removeAll(done);
    }
}
