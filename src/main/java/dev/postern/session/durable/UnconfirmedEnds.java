package dev.postern.session.durable;

import dev.postern.session.row.RowKey;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
 * <p>A write to the database that was not answered may happen late. So its tombstone is undone after {@link #LATE}.
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

    /** Longer than a call of the database goes on after nothing waits for it any more. */
    static final Duration LATE = Duration.ofSeconds(10);

    private final Set<Unconfirmed> waiting = new LinkedHashSet<>();

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

    /**
     * Adds a tombstone after its write to the database.
     *
     * @param isAnswered whether the database has answered; else the write may still happen
     * @param now when it did, or when that was given up, in nanoseconds of a monotonic clock
     */
    void add(DurableRow tombstone, boolean isAnswered, long now) {
        Duration wait = isAnswered ? SETTLING : LATE;
        add(new Unconfirmed(tombstone.key(), tombstone.bytes(), now + wait.toNanos()));
    }

    private synchronized void add(Unconfirmed one) {
        waiting.add(one);
        if (waiting.size() > MOST) {
            waiting.remove(waiting.iterator().next());
        }
    }

    /** At most so many of those that are due. They go on waiting. */
    synchronized List<Unconfirmed> due(long now, int most) {
        return waiting.stream().filter(one -> now - one.due >= 0).limit(most).toList();
    }

    /** These need not be looked at any more. */
    synchronized void remove(Collection<Unconfirmed> done) {
        done.forEach(waiting::remove);
    }

    /** Whether one is due soon: it was answered by the database. */
    synchronized boolean isDueSoon(long now) {
        return waiting.stream().anyMatch(one -> one.due - now <= SETTLING.toNanos());
    }
}
