package dev.postern.session.durable;

import dev.postern.session.token.Handle;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The users of whom this node has put all rows into the grid lately. So a list of their sessions needs no look at the
 * database.
 *
 * <p>A user is known by the bytes of the epoch that the grid had then. A grid that has lost its rows gets other bytes,
 * because {@link RowRestorer} encrypts each epoch anew, with a nonce of its own. A grid that has lost some of its
 * partitions may keep the epoch and lose sessions. So an entry counts for ten minutes.
 *
 * <p>Safe for concurrent use.
 */
final class RestoredUsers {

    /** The most users. Beyond that the oldest is forgotten. */
    static final int MOST = 10_000;

    static final Duration KEPT = Duration.ofMinutes(10);

    private final Map<Handle, Restored> users = new LinkedHashMap<>();

    private static final class Restored {

        private final byte[] epoch;
        private final long since;

        Restored(byte[] epoch, long since) {
            this.epoch = epoch;
            this.since = since;
        }
    }

    /** Whether all rows of the user are in the grid, which has this epoch now. Times are those of a monotonic clock. */
    synchronized boolean contains(Handle user, Optional<byte[]> epoch, long now) {
        Restored restored = users.get(user);
        return restored != null
                && now - restored.since < KEPT.toNanos()
                && epoch.filter(present -> Arrays.equals(present, restored.epoch))
                        .isPresent();
    }

    /** All rows of the user are in the grid, which had this epoch before they were read. */
    synchronized void add(Handle user, byte[] epoch, long now) {
        users.remove(user);
        users.put(user, new Restored(epoch, now));
        if (users.size() > MOST) {
            users.remove(users.keySet().iterator().next());
        }
    }
}
