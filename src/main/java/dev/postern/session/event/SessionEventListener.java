package dev.postern.session.event;

import dev.postern.SessionEvent;

/**
 * Is told what happens to sessions.
 *
 * <p>Implementations are safe for concurrent use.
 */
@FunctionalInterface
public interface SessionEventListener {

    /** Hears of an event, after it has happened. What this throws is logged. */
    void tell(SessionEvent event);

    /** Counts an event: every one, those included that come too often to be told. Quick, and never throws. */
    default void count(SessionEvent event) {}
}
