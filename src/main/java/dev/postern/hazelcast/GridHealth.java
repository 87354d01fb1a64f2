package dev.postern.hazelcast;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.setup.HazelcastConnection;
import dev.postern.session.concurrent.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Whether the grid works, and how much this node holds, for operators.
 *
 * <p>Safe for concurrent use.
 */
public final class GridHealth {

    private static final Logger LOG = System.getLogger(GridHealth.class.getName());

    /** A key that no row ever has. */
    private static final String NO_KEY = "?";

    private final HazelcastConnection connection;
    private final Supplier<IMap<String, Object>> map;
    private final GridCalls calls;

    GridHealth(HazelcastConnection connection, Supplier<IMap<String, Object>> map, GridCalls calls) {
        this.connection = connection;
        this.map = map;
        this.calls = calls;
    }

    /** Whether the grid answers within the patience, and has enough members. */
    public boolean isReady(Duration patience) {
        try {
            calls.read(() -> map.get().get(NO_KEY), () -> map.get().getAsync(NO_KEY), Deadline.in(patience));
            return true;
        } catch (PosternException e) {
            LOG.log(Level.DEBUG, "The grid is not ready.", e);
            return false;
        }
    }

    /**
     * How many rows this node owns: sessions, tombstones and epochs, until they expire. Empty for a client, which owns
     * none, and for a member that has stopped.
     */
    public OptionalLong ownedRows() {
        try {
            return connection.instance().isClient()
                    ? OptionalLong.empty()
                    : OptionalLong.of(map.get().getLocalMapStats().getOwnedEntryCount());
        } catch (PosternException | HazelcastException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "The number of rows on this node is unknown.", e);
            return OptionalLong.empty();
        }
    }
}
