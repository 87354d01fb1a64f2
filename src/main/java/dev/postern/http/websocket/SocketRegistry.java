package dev.postern.http.websocket;

import dev.postern.OpenSockets;
import dev.postern.PosternException;
import dev.postern.SessionOver;
import dev.postern.http.SessionPrincipal;
import dev.postern.session.SessionKeeper;
import dev.postern.session.row.RowKey;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of this node that are bound to a session. A socket is added before its session is looked up, so that an
 * end between the two is not missed. On a node a session has at most {@value SessionSockets#MOST} sockets, and a user
 * {@value SocketCounter#MOST}.
 *
 * <p>Safe for concurrent use.
 */
public final class SocketRegistry implements OpenSockets, AutoCloseable {

    /** The longest time between two checks of a session with sockets. */
    static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private static final String OVER = "The session has ended.";
    private static final String UNKNOWN = "The session cannot be looked up.";

    private final Supplier<SessionKeeper> keeper;
    private final SocketScheduler closings = new SocketScheduler();
    private final SocketScheduler looks = new SocketScheduler();
    private final SocketCounter counter = new SocketCounter();
    private final Map<String, SessionSockets> logins = new ConcurrentHashMap<>();

    /** The keeper is asked for at the first look-up: an application without Postern's mechanism has none. */
    public SocketRegistry(Supplier<SessionKeeper> keeper) {
        this.keeper = keeper;
    }

    @Override
    public boolean bind(Session socket) {
        if (!(socket.getUserPrincipal() instanceof SessionPrincipal caller)) {
            BoundSocket.close(socket, CloseCodes.VIOLATED_POLICY, "The caller is not signed in.");
            return false;
        }
        BoundSocket bound = new BoundSocket(socket, caller);
        if (!enter(bound)) {
            bound.close(CloseCodes.TRY_AGAIN_LATER, "The user has too many open sockets.");
            return false;
        }
        return isKept(bound);
    }

    /** Ends the sockets of a session. */
    public void over(SessionOver over) {
        end(over.handle(), CloseCodes.VIOLATED_POLICY, OVER);
    }

    @Override
    public void close() {
        looks.close();
        closings.close();
    }

    /** How many sessions have sockets here, or had some at the last check. */
    int sessions() {
        return logins.size();
    }

    /** How many sockets are held, closed ones included. */
    int held() {
        return logins.values().stream().mapToInt(SessionSockets::size).sum();
    }

    /** How many checks are scheduled. */
    int looks() {
        return looks.waiting();
    }

    /** Adds the socket; false if there is no room. */
    private boolean enter(BoundSocket socket) {
        AtomicBoolean hasRoom = new AtomicBoolean();
        logins.compute(socket.handle(), (handle, known) -> {
            SessionSockets login = known == null ? new SessionSockets(socket.row(), counter) : known;
            hasRoom.set(login.add(socket));
            return unlessIdle(login);
        });
        return hasRoom.get();
    }

    /** Looks up the session of a new socket, and closes the socket unless the session lives. */
    private boolean isKept(BoundSocket socket) {
        try {
            Optional<Duration> left = timeLeft(socket.row());
            if (left.isPresent()) {
                keep(socket.handle(), left.get());
                return true;
            }
            leave(socket);
            socket.close(CloseCodes.VIOLATED_POLICY, OVER);
            end(socket.handle(), CloseCodes.VIOLATED_POLICY, OVER);
        } catch (PosternException e) {
            leave(socket);
            socket.close(CloseCodes.TRY_AGAIN_LATER, UNKNOWN);
        }
        return false;
    }

    private Optional<Duration> timeLeft(RowKey row) {
        return keeper.get().userSessions().timeLeft(row);
    }

    private void lookAgain(String handle) {
        SessionSockets login = logins.computeIfPresent(handle, (same, known) -> {
            known.looking();
            return unlessIdle(known);
        });
        if (login == null) {
            return;
        }
        try {
            timeLeft(login.row())
                    .ifPresentOrElse(left -> keep(handle, left), () -> end(handle, CloseCodes.VIOLATED_POLICY, OVER));
        } catch (PosternException e) {
            lookLater(handle);
        }
    }

    private void keep(String handle, Duration left) {
        logins.computeIfPresent(handle, (same, login) -> {
            login.livesFor(left);
            lookWithin(left, login, handle);
            return login;
        });
    }

    /** The grid does not answer. That is harmless as long as the session is known to live. */
    private void lookLater(String handle) {
        AtomicBoolean mayBeOver = new AtomicBoolean();
        logins.computeIfPresent(handle, (same, login) -> {
            Duration left = login.timeLeft();
            mayBeOver.set(left.isNegative() || left.isZero());
            if (!mayBeOver.get()) {
                lookWithin(left, login, handle);
            }
            return login;
        });
        if (mayBeOver.get()) {
            end(handle, CloseCodes.TRY_AGAIN_LATER, UNKNOWN);
        }
    }

    private void lookWithin(Duration left, SessionSockets login, String handle) {
        login.lookIn(
                left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY, delay -> looks.in(delay, () -> lookAgain(handle)));
    }

    /**
     * Closes the sockets on threads of their own: a client that reads nothing can block a close, and the grid a check.
     */
    private void end(String handle, CloseCode code, String reason) {
        SessionSockets ended = logins.remove(handle);
        if (ended != null) {
            ended.removeAll().forEach(socket -> {
                ScheduledFuture<?> unused = closings.in(Duration.ZERO, () -> socket.close(code, reason));
            });
        }
    }

    private void leave(BoundSocket socket) {
        logins.computeIfPresent(socket.handle(), (handle, login) -> {
            login.remove(socket);
            return unlessIdle(login);
        });
    }

    private static @Nullable SessionSockets unlessIdle(SessionSockets login) {
        return login.isIdle() ? null : login;
    }
}
