package dev.postern.http;

import dev.postern.OpenSockets;
import dev.postern.PosternException;
import dev.postern.SessionOver;
import dev.postern.session.SessionKeeper;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The sockets of this node that are bound to a login. A socket is entered before its session is looked up, so that no end
 * between the two is missed.
 *
 * <p>Safe for concurrent use.
 */
public final class BoundSockets implements OpenSockets, AutoCloseable {

    /** How long a socket goes without a look at its session. */
    static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final Supplier<SessionKeeper> keeper;
    private final SocketThreads closings = new SocketThreads();
    private final SocketThreads looks = new SocketThreads();
    private final Map<String, Set<BoundSocket>> sockets = new ConcurrentHashMap<>();

    /** Asks for the keeper when there is something to look up: an application without Postern's mechanism has none. */
    public BoundSockets(Supplier<SessionKeeper> keeper) {
        this.keeper = keeper;
    }

    @Override
    public boolean bind(Session socket) {
        if (!(socket.getUserPrincipal() instanceof SessionPrincipal caller)) {
            BoundSocket.close(socket, CloseCodes.VIOLATED_POLICY, "Nobody is signed in.");
            return false;
        }
        BoundSocket bound = new BoundSocket(socket, caller);
        enter(bound);
        return look(bound);
    }

    /**
     * On threads of their own, because a client that takes nothing in can hold up whoever closes its socket, and the grid whoever
     * looks up a session.
     */
    public void over(SessionOver over) {
        Set<BoundSocket> ended = sockets.getOrDefault(over.handle(), Set.of());
        ended.forEach(socket -> closings.in(Duration.ZERO, () -> end(socket)));
    }

    @Override
    public void close() {
        looks.close();
        closings.close();
    }

    /** How many sessions have sockets here. */
    int sessions() {
        return sockets.size();
    }

    private boolean look(BoundSocket socket) {
        try {
            Optional<Duration> left = keeper.get().roster().timeLeft(socket.row());
            left.ifPresentOrElse(time -> keep(socket, time), () -> end(socket));
            return left.isPresent();
        } catch (PosternException e) {
            return lookLater(socket);
        }
    }

    private void keep(BoundSocket socket, Duration left) {
        socket.livesFor(left);
        lookAgainIn(left, socket);
    }

    /** Nobody knows how it is with the session, which is harmless as long as it has time left. */
    private boolean lookLater(BoundSocket socket) {
        Duration left = socket.timeLeft();
        if (left.isNegative() || left.isZero()) {
            leave(socket);
            socket.close(CloseCodes.TRY_AGAIN_LATER, "The session cannot be looked up.");
            return false;
        }
        lookAgainIn(left, socket);
        return true;
    }

    private void lookAgainIn(Duration left, BoundSocket socket) {
        looks.in(left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY, () -> lookAgain(socket));
    }

    private void lookAgain(BoundSocket socket) {
        if (socket.isOpen()) {
            look(socket);
        } else {
            leave(socket);
        }
    }

    private void end(BoundSocket socket) {
        leave(socket);
        socket.close(CloseCodes.VIOLATED_POLICY, "The session is over.");
    }

    private void enter(BoundSocket socket) {
        sockets.compute(socket.handle(), (handle, others) -> {
            Set<BoundSocket> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(socket);
            return all;
        });
    }

    private void leave(BoundSocket socket) {
        sockets.computeIfPresent(socket.handle(), (handle, all) -> {
            all.remove(socket);
            return all.isEmpty() ? null : all;
        });
    }
}
