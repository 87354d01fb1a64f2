package dev.postern.session;

import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Rejected;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells the log and the application what happened, after it has happened: whoever listens cannot undo it, and a listener
 * that fails is only logged (Jetty CVE-2021-34428).
 *
 * <p>Safe for concurrent use.
 */
final class SessionEvents {

    private static final Logger LOG = System.getLogger("dev.postern.events");

    private final Consumer<SessionEvent> listener;
    private final RejectionLimit limit = new RejectionLimit();

    SessionEvents(Consumer<SessionEvent> listener) {
        this.listener = listener;
    }

    void fire(SessionEvent event) {
        LOG.log(isAlarming(event) ? Level.WARNING : Level.INFO, event);
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "An observer of " + event.getClass().getName() + " failed.", e);
        }
    }

    /** Fires what clients can cause any number of times: of these only a few a second get through. */
    void fireSome(SessionEvent event) {
        if (limit.admits(event.at())) {
            fire(event);
        }
    }

    void reject(Rejected.Cause cause, Optional<Handle> handle, Instant at) {
        fireSome(new Rejected(cause, handle.map(Handle::text), at));
    }

    /** A copy in use, and a row that something else than this version of Postern has written. */
    private static boolean isAlarming(SessionEvent event) {
        return event instanceof SessionEvent.ReuseDetected
                || (event instanceof Rejected rejected && rejected.cause() == Rejected.Cause.UNREADABLE);
    }
}
