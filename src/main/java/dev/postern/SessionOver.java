package dev.postern;

import java.time.Instant;

/**
 * A session is over, wherever in the cluster it was ended. Fired as a CDI event on <em>every</em> node, once on each,
 * so that a node can close the connections that it holds for the session; {@link SessionEvent.Ended} is fired once in
 * the cluster.
 *
 * <p>Observers are called one after the other, those of {@code @ObservesAsync} too, on a thread of Postern's own that
 * has the application's class loader and a request context, but no request, no caller and no transaction. One that
 * throws is logged, and the others are called all the same. An observer that takes long delays the events behind it,
 * never a request.
 *
 * <p>Three things fire no event: a session that merely expires ({@link OpenSockets} sees to that), sessions that ended
 * before this node had started, and, when all sessions of a user are ended, a session whose row could not be seen. For
 * a session that ended on the other side of a split the event is fired when this node meets that side.
 *
 * <p>Immutable.
 *
 * @param handle the session's public and permanent name, {@link SessionMetadata#fingerprint()}
 * @param reason why it is over
 * @param at when it was ended, by the cluster's clock
 */
public record SessionOver(String handle, Ending reason, Instant at) {}
