package dev.postern;

import jakarta.websocket.Session;

/**
 * Binds open WebSockets to the login of their handshake, so that none outlives it. Inject it into an endpoint.
 *
 * <p>A bound socket is closed with code 1008 (RFC 6455: policy violation) when the session ends on any node, and when
 * it expires. Every minute the session is looked up once more, which catches lost events. When the session's time is up
 * and the cluster does not answer, the code is 1013 (try again later): the session may have been used elsewhere.
 *
 * <p>A login has at most 100 open sockets on a node, and a user 1000 in all sessions. One more is closed with code
 * 1013.
 *
 * <p>Messages do not extend the session; requests do. There is such a bean where the server has Jakarta WebSocket. Safe
 * for concurrent use.
 */
public interface OpenSockets {

    /**
     * Binds the socket; call it in {@code @OnOpen}. One whose handshake carried no login, or whose session is over
     * already, is closed at once with code 1008; one whose session cannot be looked up, with 1013. Waits for the grid
     * as a request does. Idempotent.
     *
     * @return whether the socket is bound and stays open
     */
    boolean bind(Session socket);
}
