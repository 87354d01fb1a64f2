package dev.postern.http.websocket;

import dev.postern.session.row.RowKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one login on this node, until when its session is known to live, and the next look at it. Jakarta
 * WebSocket tells only the endpoint that a socket was closed. So closed ones go when another one comes, and at each
 * look.
 *
 * <p>For one thread at a time.
 */
final class SessionSockets {

    /** A page needs few, and a browser opens some 200 for all its pages. Closed ones that are still held count. */
    static final int MOST = 100;

    private final RowKey row;
    private final SocketCounter counter;
    private final Set<BoundSocket> sockets = new HashSet<>();
    private long livesUntil = System.nanoTime();
    private @Nullable ScheduledFuture<?> look;

    SessionSockets(RowKey row, SocketCounter counter) {
        this.row = row;
        this.counter = counter;
    }

    RowKey row() {
        return row;
    }

    int size() {
        return sockets.size();
    }

    /** Whether there was room for it. A socket that is here already takes none. */
    boolean add(BoundSocket socket) {
        removeClosed();
        if (sockets.stream().anyMatch(socket::isOf)) {
            return true;
        }
        boolean hasRoom = sockets.size() < MOST && counter.take(row);
        if (hasRoom) {
            sockets.add(socket);
        }
        return hasRoom;
    }

    void remove(BoundSocket socket) {
        if (sockets.removeIf(socket::isOf)) {
            counter.give(row, 1);
        }
    }

    /** Whether there is nothing to remember: no socket, and no look that is about to come. */
    boolean isIdle() {
        return sockets.isEmpty() && look == null;
    }

    /** The session is looked at now. */
    void looking() {
        look = null;
        removeClosed();
    }

    /** The session lives for so long, unless it is used again or ended. */
    void livesFor(Duration time) {
        livesUntil = System.nanoTime() + time.toNanos();
    }

    /** How long the session lives, as far as is known; nothing or less when it may have run out since the last look. */
    Duration timeLeft() {
        return Duration.ofNanos(livesUntil - System.nanoTime());
    }

    /** Has the session looked at after the delay, or sooner where that is due already. */
    void lookIn(Duration delay, Function<Duration, ScheduledFuture<?>> looks) {
        ScheduledFuture<?> due = look;
        if (due != null && due.getDelay(TimeUnit.NANOSECONDS) <= delay.toNanos()) {
            return;
        }
        cancelLook();
        look = looks.apply(delay);
    }

    /** The login has no sockets any more; answers those that it had. */
    List<BoundSocket> removeAll() {
        cancelLook();
        List<BoundSocket> all = List.copyOf(sockets);
        sockets.clear();
        counter.give(row, all.size());
        return all;
    }

    private void cancelLook() {
        if (look != null) {
            look.cancel(false);
            look = null;
        }
    }

    private void removeClosed() {
        int before = sockets.size();
        sockets.removeIf(socket -> !socket.isOpen());
        counter.give(row, before - sockets.size());
    }
}
