package dev.postern.session.lease;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What leases need of the grid: one row that all nodes of the namespace share, and messages between them. Bytes alone,
 * so that members without this library can hold and deliver them.
 *
 * <p>{@link #read} and {@link #replace} throw {@link PosternException} if the grid does not answer before the deadline.
 *
 * <p>Safe for concurrent use.
 */
public interface LeaseGrid {

    /** The row, from its owner, confirmed by enough members after the read; empty if there is none. */
    Optional<byte[]> read(Deadline deadline);

    /** Replaces the row by compare-and-set; with no row seen it is created. False if another one is there. */
    boolean replace(Optional<byte[]> seen, byte[] next, Deadline deadline);

    /** Sends a message to all nodes, this one included. It may be lost, late, or delivered twice. Does not wait. */
    void send(byte[] message);

    /** Calls the receiver with each message that arrives from now on, on any thread. */
    void listen(Consumer<byte[]> receiver);

    /**
     * Calls the listener with the key of each session of whose end this node hears, after a merge too, on any thread.
     * Some may be missed.
     */
    void whenEnded(Consumer<RowKey> listener);

    /** How often this node may have come to another cluster, or members may have come to its own. */
    int changes();
}
