package dev.postern.it.watch;

import dev.postern.OpenSockets;
import jakarta.inject.Inject;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;

/** A socket that is bound to the login, and answers with the name under which it was opened. */
@ServerEndpoint("/news")
public class News {

    private static final Logger LOG = System.getLogger(News.class.getName());

    @Inject
    private OpenSockets sockets;

    @OnOpen
    public void open(Session socket) {
        sockets.bind(socket);
    }

    /** What goes wrong in here must show in the log of the server. */
    @OnError
    public void failed(Session socket, Throwable failure) {
        LOG.log(Level.ERROR, "The socket " + socket.getId() + " failed.", failure);
    }

    @OnMessage
    public String answer(String message, Session socket) {
        Principal user = socket.getUserPrincipal();
        return message + " " + (user == null ? "nobody" : user.getName());
    }
}
