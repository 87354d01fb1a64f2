package dev.postern.demo.live;

import dev.postern.OpenSockets;
import jakarta.inject.Inject;
import jakarta.websocket.OnError;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/**
 * A WebSocket that lives as long as the login of its page. When the session ends on any node, Postern closes the socket
 * with code 1008, and the page shows the sign-in form at once. Safe for concurrent use.
 */
@ServerEndpoint("/login")
public class LoginSocket {

    private static final System.Logger LOG = System.getLogger(LoginSocket.class.getName());

    @Inject
    OpenSockets sockets;

    @OnOpen
    public void open(Session socket) {
        sockets.bind(socket);
    }

    @OnError
    public void fail(Throwable failure) {
        LOG.log(System.Logger.Level.DEBUG, "The page of a socket is gone.", failure);
    }
}
