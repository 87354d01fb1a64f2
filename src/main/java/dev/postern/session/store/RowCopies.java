package dev.postern.session.store;

import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.token.Handle;

/**
 * The copies of rows by which nodes accept requests.
 *
 * <p>Safe for concurrent use.
 */
public interface RowCopies {

    /** No node has copies. */
    RowCopies NONE = new RowCopies() {
        @Override
        public void drop(RowKey key) {}

        @Override
        public void dropEverywhere(RowKey key) {}

        @Override
        public void dropEverywhere(Handle user, Epoch epoch) {}

        @Override
        public void endEverywhere(RowKey key) {}

        @Override
        public boolean hasEnded(RowKey key, Active row) {
            return false;
        }
    };

    /** Drops the copy of this node. Neither waits nor fails. */
    void drop(RowKey key);

    /**
     * Returns when no node accepts a request by a copy of this row from before the call.
     *
     * @throws PosternException if the grid does not answer in time. Copies may be left then, until their next touch at
     *     the longest
     */
    void dropEverywhere(RowKey key);

    /**
     * Like {@link #dropEverywhere(RowKey)}, for all rows of the user, whose epoch is written. The nodes keep in mind
     * which sessions it ends.
     */
    void dropEverywhere(Handle user, Epoch epoch);

    /**
     * Like {@link #dropEverywhere(RowKey)}, for a session whose tombstone is written. The nodes keep in mind that it is
     * over.
     */
    void endEverywhere(RowKey key);

    /**
     * Whether this node was told that the session is over, of which this row was read. Then the row is old: a member
     * that hands a partition over may answer with its old rows for a moment (HZ-61). False after many other sessions
     * have ended.
     */
    boolean hasEnded(RowKey key, Active row);
}
