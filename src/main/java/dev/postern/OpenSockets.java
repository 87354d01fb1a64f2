package dev.postern;

import jakarta.websocket.Session;

/**
 * Binds open WebSockets to the login of their handshake, so that none outlives it. Inject it into an endpoint.
 *
 * <p>A bound socket is closed in these cases, with a close code of RFC 6455, section 7.4.1:
 *
 * <table>
 * <caption>When a socket is closed</caption>
 * <tr><th>Code</th><th>When</th></tr>
 * <tr><td>1008, policy violation</td><td>the session has ended, on any node, or has expired</td></tr>
 * <tr><td>1013, try again later</td><td>the session's time is up and the cluster does not answer: the session may have
 *     been used elsewhere</td></tr>
 * <tr><td>1013, try again later</td><td>it is one more than the 100 sockets of a session, or the 1000 of a user, that a
 *     node keeps open</td></tr>
 * </table>
 *
 * <p>The session is looked up once a minute besides, which finds an end whose event was lost. Messages do not extend
 * the session; requests do.
 *
 * <p>The bean exists where the server has Jakarta WebSocket. Safe for concurrent use.
 */
public interface OpenSockets {

    /**
     * Binds the socket. Call it in {@link jakarta.websocket.OnOpen @OnOpen}. Idempotent.
     *
     * <p>A socket whose handshake carried no login, or whose session is over, is closed at once with code 1008. If the
     * session cannot be looked up, the code is 1013; no exception is thrown. The look-up waits for the cluster as long
     * as a request does: {@code postern.cache.timeout}.
     *
     * @return whether the socket is bound and stays open
     */
    boolean bind(Session socket);
}
