package dev.postern.http.websocket;

import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many sockets each user has on this node, in all sessions together.
 *
 * <p>Safe for concurrent use.
 */
final class SocketCounter {

    /** As many as ten sessions can have. */
    static final int MOST = 10 * SessionSockets.MOST;

    private final Map<Handle, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more socket of the user of this session; false if there is no room. */
    boolean take(RowKey session) {
        AtomicBoolean hasRoom = new AtomicBoolean();
        counts.compute(user(session), (user, count) -> {
            int now = count == null ? 0 : count;
            hasRoom.set(now < MOST);
            return hasRoom.get() ? now + 1 : now;
        });
        return hasRoom.get();
    }

    /** Counts this number of sockets less. */
    void give(RowKey session, int number) {
        counts.computeIfPresent(
                user(session), (user, count) -> count > number ? Integer.valueOf(count - number) : null);
    }

    /** How many users have sockets. */
    int users() {
        return counts.size();
    }

    private static Handle user(RowKey session) {
        return session.user().orElseThrow(() -> new IllegalArgumentException(session + " is no session's key."));
    }
}
