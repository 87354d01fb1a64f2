package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BinaryOperator;

/**
 * The rows of one namespace in a database, which keeps them when all nodes stop. It stores bytes, and never gives a row
 * that has expired.
 *
 * <p>Every method throws {@link PosternException} if the database does not answer before the deadline. A write may have
 * happened nevertheless. If the database answers that it does not do what it was asked, that is a {@link
 * RefusedException}.
 *
 * <p>Safe for concurrent use.
 */
public interface DurableRows {

    /** The database has answered, and refuses the call: its disk is full, for instance, or it may only be read. */
    final class RefusedException extends PosternException {

        private static final long serialVersionUID = 1L;

        public RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Those of these rows that are there. */
    Map<RowKey, byte[]> read(Collection<RowKey> keys, Deadline deadline);

    /** All rows of the user: sessions, tombstones and the epoch. */
    Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline);

    /** The rows with the lowest keys behind this one, in the order of their keys: so many, or fewer at the end. */
    SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline);

    /**
     * Writes tombstones. Each replaces what is there, also another tombstone, or is inserted. When this returns, each
     * of the sessions is over in the database, and no {@link #undo} of an earlier tombstone changes that.
     */
    void end(Collection<DurableRow> tombstones, Deadline deadline);

    /** Puts the living row back, but only if exactly the bytes of this tombstone are there. */
    void undo(byte[] tombstone, DurableRow living, Deadline deadline);

    /**
     * Writes living rows: each is inserted, or replaces a living row that has no later stamp. A tombstone stays, and so
     * does a newer row.
     */
    void write(Collection<DurableRow> living, Deadline deadline);

    /**
     * Writes a row that is combined with the one that is there: an epoch, or a name at an identity provider.
     *
     * <p>It is kept as long as the one of the two that is kept longer.
     *
     * @param winner what is to be stored, from the bytes that are there and the new ones; may run several times. If it
     *     returns the bytes that are there, nothing is written
     */
    void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline);

    /**
     * Does the same as {@link #merge(DurableRow, BinaryOperator, Deadline)}. If the caller is right about what is
     * there, this waits for the database only once.
     *
     * @param expected the bytes that are probably there; empty if there is probably none
     */
    default void merge(DurableRow row, Optional<byte[]> expected, BinaryOperator<byte[]> winner, Deadline deadline) {
        merge(row, winner, deadline);
    }
}
