package dev.postern;

import java.time.Instant;

/**
 * A session that has ended, from {@link Sessions#history(String)}.
 *
 * <p>Immutable. Times are the cluster's, to the millisecond.
 *
 * @param handle its public and permanent name, which {@link Session#handle()} was while it lived
 * @param createdAt when it began
 * @param endedAt when it ended
 * @param reason why it ended
 */
public record EndedSession(String handle, Instant createdAt, Instant endedAt, Ending reason) {}
