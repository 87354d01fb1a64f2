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
 * The sockets of one session on this node, with the time until which the session is known to live and its next check.
 * Jakarta WebSocket reports a closed socket only to its endpoint. So closed sockets are dropped when another one is
 * added, and at each check.
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

    /** Adds a socket; false if there is no room. A socket that is here already takes no room. */
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

    /** Whether there is nothing to keep: no socket, and no scheduled check. */
    boolean isIdle() {
        return sockets.isEmpty() && look == null;
    }

    /** A check of the session begins. */
    void looking() {
        look = null;
        removeClosed();
    }

    /** The session lives for this time, unless it is used again or ended. */
    void livesFor(Duration time) {
        livesUntil = System.nanoTime() + time.toNanos();
    }

    /** How long the session is known to live; zero or negative if it may have expired since the last check. */
    Duration timeLeft() {
        return Duration.ofNanos(livesUntil - System.nanoTime());
    }

    /** Schedules a check after the delay, unless an earlier one is scheduled. */
    void lookIn(Duration delay, Function<Duration, ScheduledFuture<?>> looks) {
        ScheduledFuture<?> due = look;
        if (due != null && due.getDelay(TimeUnit.NANOSECONDS) <= delay.toNanos()) {
            return;
        }
        cancelLook();
        look = looks.apply(delay);
    }

    /** Removes all sockets and the scheduled check, and returns the sockets. */
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
