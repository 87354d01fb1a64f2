package dev.postern.it.watch;

import dev.postern.OpenSockets;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.security.Principal;

/** A socket that is bound to the login, and answers with the name under which it was opened. */
@ServerEndpoint("/news")
public class News {

    @Inject
    private OpenSockets sockets;

    @OnOpen
    public void open(Session socket) {
        sockets.bind(socket);
    }

    @OnMessage
    public String answer(String message, Session socket) {
        Principal user = socket.getUserPrincipal();
        return message + " " + (user == null ? "nobody" : user.getName());
    }
}
