package dev.postern.session.event;

import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Rejected;
import dev.postern.session.token.Handle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Reports to the log and the application what happened, after it has happened: a listener cannot undo it, and one that
 * fails is only logged (Jetty CVE-2021-34428).
 *
 * <p>Safe for concurrent use.
 */
public final class EventPublisher {

    private static final Logger LOG = System.getLogger("dev.postern.events");

    private static final Set<Rejected.Cause> ALARMING = Set.of(Rejected.Cause.DOUBLED, Rejected.Cause.UNREADABLE);

    private final SessionEventListener listener;
    private final RateLimit rejections = new RateLimit();
    private final RateLimit suspicions = new RateLimit();

    public EventPublisher(SessionEventListener listener) {
        this.listener = listener;
    }

    public void fire(SessionEvent event) {
        listener.count(event);
        tell(event);
    }

    private void tell(SessionEvent event) {
        LOG.log(isAlarming(event) ? Level.WARNING : Level.INFO, event.id() + ": " + LogSanitizer.of(event.toString()));
        try {
            listener.tell(event);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "An observer of " + event.getClass().getName() + " failed.", e);
        }
    }

    /** A copy in use that ends nothing: each of its requests is one. Only a few a second get through. */
    public void suspect(SessionEvent.ReuseDetected event) {
        listener.count(event);
        if (suspicions.admits(event.at())) {
            tell(event);
        }
    }

    /**
     * What a client sends that does not count. Anybody can send any number of these, so only a few a second get
     * through.
     */
    public void reject(SessionEvent event) {
        listener.count(event);
        if (rejections.admits(event.at())) {
            tell(event);
        }
    }

    public void reject(Rejected.Cause cause, Optional<Handle> handle, Instant at) {
        reject(new Rejected(cause, handle.map(Handle::text), at));
    }

    private static boolean isAlarming(SessionEvent event) {
        return event instanceof SessionEvent.ReuseDetected
                || event instanceof SessionEvent.RenewalUnanswered
                || event instanceof SessionEvent.SignInFailed
                || event instanceof SessionEvent.SignInThrottled
                || event instanceof SessionEvent.SignInOvertaken
                || (event instanceof Rejected rejected && ALARMING.contains(rejected.cause()));
    }

    /**
     * Lets a bounded number through in each second, by the clock that it is shown.
     *
     * <p>Safe for concurrent use.
     */
    public static final class RateLimit {

        /** Enough to see what is going on, and no way to fill a disk. */
        public static final int A_SECOND = 20;

        private long second = Long.MIN_VALUE;
        private int count;

        synchronized boolean admits(Instant now) {
            if (now.getEpochSecond() != second) {
                second = now.getEpochSecond();
                count = 0;
            }
            count = Math.min(count + 1, A_SECOND + 1);
            return count <= A_SECOND;
        }
    }
}
