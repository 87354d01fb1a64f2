package dev.postern.session.ending;

import dev.postern.Ending;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions that were to be ended, and may not be yet, because the grid did not answer. This node refuses them until
 * their tombstones are stored. Holds keys, reasons and times, never a token, and a bounded number.
 *
 * <p>Safe for concurrent use.
 */
public final class PendingEndings {

    /** How many are remembered; of more, the oldest are forgotten. */
    static final int MOST = 1000;

    /** How long one is remembered: longer than anybody waits for a cluster that comes back by itself. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final Logger LOG = System.getLogger(PendingEndings.class.getName());

    private final Map<RowKey, Pending> endings = new LinkedHashMap<>();
    private final RateLimitedLog forgotten = new RateLimitedLog(LOG, System::nanoTime);
    private volatile Runnable added = () -> {};

    /** An ending that was asked for at a time. */
    record Pending(RowKey key, Ending reason, Instant since) {

        /** Whether the user has signed in again since, so that the session that was to be ended is over anyway. */
        boolean isOutdatedBy(SessionRow row) {
            return row instanceof SessionRow.Active active
                    && active.times().authenticated().isAfter(since);
        }
    }

    /** Runs, and must not take long, whenever an ending has been added. */
    void whenAdded(Runnable action) {
        added = action;
    }

    void add(RowKey key, Ending reason, Instant now) {
        remember(new Pending(key, reason, now));
        added.run();
    }

    private synchronized void remember(Pending ending) {
        endings.put(ending.key(), ending);
        if (endings.size() > MOST) {
            RowKey oldest = endings.keySet().iterator().next();
            endings.remove(oldest);
            forget("Too many sessions wait to be ended until the grid answers. Given up: " + oldest + ".");
        }
    }

    synchronized boolean hasRoom() {
        return endings.size() < MOST;
    }

    synchronized Optional<Pending> find(RowKey key) {
        return Optional.ofNullable(endings.get(key));
    }

    /** All, those first that have waited longest for an attempt. */
    synchronized List<Pending> all() {
        return List.copyOf(endings.values());
    }

    synchronized boolean isEmpty() {
        return endings.isEmpty();
    }

    synchronized void remove(RowKey key) {
        endings.remove(key);
    }

    /** Forgets this one, but not one of the same session that was asked for later. */
    synchronized void remove(Pending ending) {
        endings.remove(ending.key(), ending);
    }

    /** Puts the ending behind all others, or forgets it when it has been tried for long enough. */
    synchronized void putBack(Pending ending, Instant now) {
        if (!endings.remove(ending.key(), ending)) {
            return;
        }
        if (now.isBefore(ending.since().plus(KEPT))) {
            endings.put(ending.key(), ending);
        } else {
            forget("The grid did not answer for too long. Given up, so it may go on: the end of the session "
                    + ending.key() + ".");
        }
    }

    private void forget(String sentence) {
        forgotten.warn(LogEvent.ENDING_FORGOTTEN.told(sentence));
    }
}
