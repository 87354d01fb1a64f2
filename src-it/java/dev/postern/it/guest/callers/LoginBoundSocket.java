package dev.postern.it.guest.callers;

import dev.postern.OpenSockets;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** A WebSocket that is bound to the login of its handshake. */
@ServerEndpoint("/bound")
public class LoginBoundSocket {

    @Inject
    private OpenSockets sockets;

    @OnOpen
    public void open(Session socket) {
        sockets.bind(socket);
    }

    @OnMessage
    public String answer(String message, Session socket) {
        return message + " " + socket.getUserPrincipal().getName();
    }
}
