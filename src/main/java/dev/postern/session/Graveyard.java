package dev.postern.session;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.session.SessionRow.Active;
import dev.postern.session.SessionRow.Revoked;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where sessions end: writes their tombstones.
 *
 * <p>Safe for concurrent use.
 */
final class Graveyard {

    private final SessionLimits limits;
    private final SessionEvents events;

    Graveyard(SessionLimits limits, SessionEvents events) {
        this.limits = limits;
        this.events = events;
    }

    /**
     * Ends the session for good. A second call changes nothing. A session that reads as absent gets its tombstone too: in
     * the smaller part of a split it may exist elsewhere (D7). Goes on trying as long as there is time, however busy the
     * session is.
     */
    void bury(Visit visit, RowKey key, Ending reason) {
        while (visit.hasTime()) {
            Optional<Found> found = visit.find(key);
            if (found.flatMap(Found::row).orElse(null) instanceof Revoked) {
                return;
            }
            Revoked tombstone = tombstone(visit, found, reason);
            Visit.Outcome outcome =
                    found.map(row -> visit.swap(key, row, tombstone)).orElseGet(() -> visit.create(key, tombstone));
            if (outcome == Visit.Outcome.WRITTEN) {
                tell(visit, key, reason);
            }
            if (outcome.isDone()) {
                return;
            }
        }
        throw visit.gaveUp(key);
    }

    /** The same for all of these. Those that somebody writes meanwhile are buried one by one. */
    void buryAll(Visit visit, Map<RowKey, Found> found, Ending reason) {
        Set<RowKey> buried = visit.swapAll(found, row -> tombstone(visit, Optional.of(row), reason));
        found.keySet().stream().filter(key -> !buried.contains(key)).forEach(key -> bury(visit, key, reason));
        buried.forEach(key -> tell(visit, key, reason));
    }

    private Revoked tombstone(Visit visit, Optional<Found> found, Ending reason) {
        return found.flatMap(Found::row).orElse(null) instanceof Active active
                ? active.ended(visit.now(), reason, limits.lifespan(active.isRemembered()))
                : new Revoked(visit.now(), reason, visit.now().plus(limits.longestAbsolute()));
    }

    /** Observers take time, and more may have to be buried. */
    private void tell(Visit visit, RowKey key, Ending reason) {
        key.session()
                .map(handle -> new SessionEvent.Ended(handle.text(), reason, visit.now()))
                .ifPresent(event -> visit.offTheClock(() -> events.fire(event)));
    }
}
