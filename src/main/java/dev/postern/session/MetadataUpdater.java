package dev.postern.session;

import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Token;
import java.util.Optional;

/**
 * Saves changes to the metadata of a session, in one compare-and-set of the row as it is by now. When another request
 * writes meanwhile, the changes are made on its result. A session that has ended stays as it is (H-08).
 *
 * <p>Safe for concurrent use.
 */
final class MetadataUpdater {

    private final SessionTerminator terminator;

    MetadataUpdater(SessionTerminator terminator) {
        this.terminator = terminator;
    }

    /**
     * The session after the change; empty if it has ended.
     *
     * @throws IllegalArgumentException when others have added so much that the session would have more than it keeps
     */
    Optional<LiveSession> save(UnitOfWork work, Token token, MetadataEdits edits) {
        while (work.hasTime()) {
            Optional<VersionedRow> found = work.find(RowKey.of(token));
            Optional<Active> row = found.flatMap(VersionedRow::row).flatMap(any -> living(work, RowKey.of(token), any));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            Active next = row.get().withMetadata(edits.on(row.get().metadata()));
            if (next.equals(row.get())
                    || work.swap(RowKey.of(token), found.get(), next).isDone()) {
                return Optional.of(new LiveSession(token, next, work.now()));
            }
        }
        throw work.contended(RowKey.of(token));
    }

    private Optional<Active> living(UnitOfWork work, RowKey key, SessionRow row) {
        return row instanceof Active active
                        && !active.times().areOver(work.now())
                        && terminator.pendingEnding(key, row).isEmpty()
                ? Optional.of(active)
                : Optional.empty();
    }
}
