package dev.postern.it.guest.background;

import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** A WebSocket that asks who is calling. */
@ServerEndpoint("/socket")
public class Socket {

    @Inject
    private Asker asker;

    @OnOpen
    public void open(Session socket) {
        asker.ask("open");
    }

    @OnMessage
    public String message(String message) {
        asker.ask("message");
        return "heard";
    }
}
