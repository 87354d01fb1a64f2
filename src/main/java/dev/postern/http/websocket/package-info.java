/**
 * WebSockets that are bound to the session of their handshake.
 *
 * <p>{@link dev.postern.http.websocket.SocketRegistry} is the way in. A bean of {@code cdi} uses it, only where the
 * server has Jakarta WebSocket. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.websocket;

import org.jspecify.annotations.NullMarked;
