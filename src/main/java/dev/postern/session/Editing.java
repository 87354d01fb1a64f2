package dev.postern.session;

import dev.postern.session.SessionRow.Active;
import java.util.Optional;

/**
 * Saves what somebody changes in the metadata of a session: in one swap of the row that the session was read from, and when
 * somebody else has written meanwhile, on what that left. A session that is over stays as it is (H-08).
 *
 * <p>Safe for concurrent use.
 */
final class Editing {

    private final Graveyard graveyard;

    Editing(Graveyard graveyard) {
        this.graveyard = graveyard;
    }

    /**
     * The session as it stands then; nothing when it is over.
     *
     * @throws IllegalArgumentException when others have added so much that the session would have more than it keeps
     */
    Optional<LiveSession> save(Visit visit, LiveSession session, Edits edits) {
        Optional<Found> found = Optional.of(visit.seen(session.row()));
        while (visit.hasTime()) {
            Optional<Active> row = found.flatMap(present -> living(visit, session.key(), present));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            Active next = row.get().withMetadata(edits.on(row.get().metadata()));
            if (next.equals(row.get())
                    || visit.swap(session.key(), found.get(), next).isDone()) {
                return Optional.of(new LiveSession(session.token(), next, visit.now()));
            }
            found = visit.find(session.key());
        }
        throw visit.gaveUp(session.key());
    }

    private Optional<Active> living(Visit visit, RowKey key, Found found) {
        return found.row()
                .filter(row -> graveyard.postponed(key, row).isEmpty())
                .filter(row -> row instanceof Active active && !active.times().areOver(visit.now()))
                .map(row -> (Active) row);
    }
}
