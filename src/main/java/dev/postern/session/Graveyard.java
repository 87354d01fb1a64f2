package dev.postern.session;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.session.SessionRow.Active;
import dev.postern.session.SessionRow.Revoked;
import java.util.Optional;

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
    void bury(Visit visit, Token token, Ending reason) {
        while (visit.hasTime()) {
            Optional<Found> found = visit.find(token.key());
            if (found.flatMap(Found::row).orElse(null) instanceof Revoked) {
                return;
            }
            Revoked tombstone = tombstone(visit, found, reason);
            Visit.Outcome outcome = found.map(row -> visit.swap(token.key(), row, tombstone))
                    .orElseGet(() -> visit.create(token.key(), tombstone));
            if (outcome == Visit.Outcome.WRITTEN) {
                events.fire(new SessionEvent.Ended(token.session().text(), reason, visit.now()));
            }
            if (outcome.isDone()) {
                return;
            }
        }
        throw visit.gaveUp(token.key());
    }

    private Revoked tombstone(Visit visit, Optional<Found> found, Ending reason) {
        return found.flatMap(Found::row).orElse(null) instanceof Active active
                ? active.ended(visit.now(), reason, limits.lifespan(active.isRemembered()))
                : new Revoked(visit.now(), reason, visit.now().plus(limits.longestAbsolute()));
    }
}
