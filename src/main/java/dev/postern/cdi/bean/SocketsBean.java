package dev.postern.cdi.bean;

import dev.postern.OpenSockets;
import dev.postern.SessionOver;
import dev.postern.cdi.PosternExtension;
import dev.postern.http.websocket.SocketRegistry;
import dev.postern.session.SessionKeeper;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.websocket.Session;

/**
 * The application's {@link OpenSockets}.
 *
 * <p>A bean only where the server has Jakarta WebSocket, hence no annotation that would make it one. Safe for
 * concurrent use.
 */
@Typed(OpenSockets.class)
public final class SocketsBean implements OpenSockets {

    private final SocketRegistry sockets;

    @Inject
    SocketsBean(PosternExtension extension) {
        sockets = new SocketRegistry(() -> extension.bean(SessionKeeper.class));
    }

    @Override
    public boolean bind(Session socket) {
        return sockets.bind(socket);
    }

    void over(@Observes SessionOver over) {
        sockets.over(over);
    }

    @PreDestroy
    void close() {
        sockets.close();
    }
}
