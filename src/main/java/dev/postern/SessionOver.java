package dev.postern;

import java.time.Instant;

/**
 * A session is over, wherever in the cluster it was ended. Fired as a CDI event on <em>every</em> node, once on each,
 * so that a node can close what it holds for the session. {@link SessionEvent.Ended} is fired once in the cluster
 * instead.
 *
 * <p>Observers are called one after the other, those with {@link jakarta.enterprise.event.ObservesAsync @ObservesAsync}
 * too. Their thread is one of Postern's, with the application's class loader and a request context, but without a
 * request, a caller or a transaction. When one throws, that is logged, and the others are called. A slow observer
 * delays later events, never a request.
 *
 * <p>These sessions fire no event:
 *
 * <ul>
 *   <li>sessions that expire; {@link OpenSockets} closes their sockets
 *   <li>sessions that ended before this node had started
 *   <li>of sessions that are ended all together: one whose row no node could see at that time
 * </ul>
 *
 * <p>For a session that ended on the other side of a split, the event is fired when this node meets that side.
 *
 * <p>Immutable.
 *
 * @param handle the session's public and permanent name, {@link SessionMetadata#fingerprint()}
 * @param reason why it is over
 * @param at when it was ended, by the cluster's clock
 */
public record SessionOver(String handle, Ending reason, Instant at) {}
