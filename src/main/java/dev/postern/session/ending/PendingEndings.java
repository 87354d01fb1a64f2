package dev.postern.session.ending;

import dev.postern.Ending;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.store.RowStore;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sessions whose tombstones could not be written because the grid did not answer. They may have ended or not. As an
 * overlay over the rows it lets them read as ended on this node, until their tombstones are stored.
 *
 * <p>Holds a bounded number of keys, reasons and times, never a token. Safe for concurrent use.
 */
public final class PendingEndings implements RowStore.Overlay {

    /** The most pending endings. Beyond that the oldest is forgotten. */
    static final int MOST = 1000;

    /** How long an ending is retried: longer than a cluster takes that recovers by itself. */
    static final Duration KEPT = Duration.ofMinutes(10);

    /** Of an ending that means every session. */
    static final Predicate<Active> NONE_SPARED = row -> false;

    private static final Logger LOG = System.getLogger(PendingEndings.class.getName());

    private final Map<RowKey, Pending> endings = new LinkedHashMap<>();
    private final RateLimitedLog log = new RateLimitedLog(LOG, System::nanoTime);
    private volatile Runnable onAdded = () -> {};

    /** An ending that was requested at a time, and does not mean sessions of this kind. */
    record Pending(RowKey key, Ending reason, Instant since, Predicate<Active> isSpared) {

        boolean isForAll() {
            return isSpared == NONE_SPARED;
        }

        /** Whether the session must not end: its user has signed in to it again since, or it is not meant. */
        boolean isOutdatedBy(SessionRow row) {
            return row instanceof Active active
                    && (active.times().authenticated().isAfter(since) || isSpared.test(active));
        }
    }

    /** Sets what runs after each added ending. It must not take long. */
    void whenAdded(Runnable action) {
        onAdded = action;
    }

    void add(RowKey key, Ending reason, Instant now) {
        add(new Pending(key, reason, now, NONE_SPARED));
    }

    void add(Pending ending) {
        put(ending);
        onAdded.run();
    }

    /** One that means every session stays, if one comes that spares some: the two may mean different sessions. */
    private synchronized void put(Pending ending) {
        Pending former = endings.get(ending.key());
        if (former == null || ending.isForAll() || !former.isForAll()) {
            endings.put(ending.key(), ending);
        }
        if (endings.size() > MOST) {
            RowKey oldest = endings.keySet().iterator().next();
            endings.remove(oldest);
            warn("Too many sessions wait to be ended until the grid answers. Given up: " + oldest + ".");
        }
    }

    synchronized boolean hasRoom() {
        return endings.size() < MOST;
    }

    synchronized Optional<Pending> find(RowKey key) {
        return Optional.ofNullable(endings.get(key));
    }

    /** The tombstone that the session reads as; empty if its end is not pending, or if its user has signed in since. */
    @Override
    public Optional<Revoked> tombstone(RowKey key, Active stored) {
        return find(key)
                .filter(ending -> !ending.isOutdatedBy(stored))
                .map(ending -> new Revoked(
                        ending.since(), ending.reason(), stored.times().absoluteDeadline()));
    }

    /** All pending endings. Those come first that have waited longest for a retry. */
    synchronized List<Pending> all() {
        return List.copyOf(endings.values());
    }

    synchronized boolean isEmpty() {
        return endings.isEmpty();
    }

    synchronized void remove(RowKey key) {
        endings.remove(key);
    }

    /** Removes this ending, but not a later one of the same session. */
    synchronized void remove(Pending ending) {
        endings.remove(ending.key(), ending);
    }

    /** Puts the ending behind all others, or forgets it if it has been retried for long enough. */
    synchronized void putBack(Pending ending, Instant now) {
        if (!endings.remove(ending.key(), ending)) {
            return;
        }
        if (now.isBefore(ending.since().plus(KEPT))) {
            endings.put(ending.key(), ending);
        } else {
            warn("The grid or the database did not answer for too long. Given up, so it may go on: the end of "
                    + ending.key() + ".");
        }
    }

    private void warn(String sentence) {
        log.warn(LogEvent.ENDING_FORGOTTEN.told(sentence));
    }
}
