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

    /** Counts one more socket of the user whose session stands under the key. False when there is no room for it. */
    boolean take(RowKey session) {
        AtomicBoolean hasRoom = new AtomicBoolean();
        counts.compute(user(session), (user, count) -> {
            int now = count == null ? 0 : count;
            hasRoom.set(now < MOST);
            return hasRoom.get() ? now + 1 : now;
        });
        return hasRoom.get();
    }

    /** So many of the user's sockets are no more. */
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
