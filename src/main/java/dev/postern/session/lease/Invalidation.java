package dev.postern.session.lease;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.token.Handle;

/**
 * Which copies a write has made invalid.
 *
 * <p>Immutable.
 */
sealed interface Invalidation {

    /**
     * That of one session.
     *
     * @param isOver whether its tombstone was written; otherwise it goes on
     */
    record Session(RowKey key, boolean isOver) implements Invalidation {}

    /**
     * Those of one user.
     *
     * @param epoch what was written. It ends the sessions that it is too late for
     */
    record User(Handle user, Epoch epoch) implements Invalidation {}
}
