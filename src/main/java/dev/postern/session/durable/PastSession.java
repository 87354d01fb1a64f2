package dev.postern.session.durable;

import dev.postern.Ending;
import dev.postern.session.token.Handle;
import java.time.Instant;

/**
 * A session that is over, as the history keeps it.
 *
 * <p>Immutable.
 *
 * @param begun when it began
 * @param ended when it was ended
 */
public record PastSession(Handle session, Instant begun, Instant ended, Ending reason) {}
