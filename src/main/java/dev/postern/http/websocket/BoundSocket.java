package dev.postern.http.websocket;

import dev.postern.http.SessionPrincipal;
import dev.postern.session.row.RowKey;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A socket, and the caller whose session it is bound to.
 *
 * <p>Safe for concurrent use.
 */
final class BoundSocket {

    private static final Logger LOG = System.getLogger(BoundSocket.class.getName());

    private final Session socket;
    private final SessionPrincipal caller;

    BoundSocket(Session socket, SessionPrincipal caller) {
        this.socket = socket;
        this.caller = caller;
    }

    RowKey row() {
        return caller.row();
    }

    String handle() {
        return caller.handle();
    }

    /** Whether it is a binding of the same socket. */
    boolean isOf(BoundSocket other) {
        return socket.getId().equals(other.socket.getId());
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    void close(CloseCode code, String reason) {
        close(socket, code, reason);
    }

    /** A socket that cannot be closed is closed, or its container finds out that it is broken. */
    static void close(Session socket, CloseCode code, String reason) {
        try {
            socket.close(new CloseReason(code, reason));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "A WebSocket could not be closed in order.", e);
        }
    }
}
