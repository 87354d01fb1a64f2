package dev.postern.session.event;

import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Expired;
import dev.postern.SessionEvent.LogoutRefused;
import dev.postern.SessionEvent.Rejected;
import dev.postern.SessionEvent.RenewalUnanswered;
import dev.postern.SessionEvent.ReuseDetected;
import dev.postern.SessionEvent.SignInFailed;
import dev.postern.SessionEvent.SignInOvertaken;
import dev.postern.SessionEvent.SignInThrottled;
import dev.postern.session.token.Handle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Counts what happened to sessions, logs it, and reports it to the observers of the application. It does so after the
 * fact: an observer cannot undo anything, and one that throws is only logged (Jetty CVE-2021-34428).
 *
 * <p>Any client can cause some events any number of times. All events are counted. Those in the table of {@link
 * SessionEvent} are logged and reported at most {@value #MOST_A_SECOND} times a second, by the time in the event.
 *
 * <p>An application has one publisher, so the limits are those of the node. A flood under one limit hides no event
 * under another. Safe for concurrent use.
 */
public final class EventPublisher {

    /** Enough to see what is going on, and too few to fill a disk. */
    public static final int MOST_A_SECOND = 20;

    private static final Logger LOG = System.getLogger("dev.postern.events");

    private static final Set<Rejected.Cause> ALARMING = Set.of(Rejected.Cause.DOUBLED, Rejected.Cause.UNREADABLE);

    private final Consumer<SessionEvent> observers;
    private final SessionMetrics metrics = new SessionMetrics();
    private final RateLimit rejections = aSecond();
    private final RateLimit reuse = aSecond();
    private final RateLimit signIns = aSecond();
    private final RateLimit logouts = aSecond();

    /** A publisher whose counters begin at zero. The observers may be called on several threads at once. */
    public EventPublisher(Consumer<SessionEvent> observers) {
        this.observers = observers;
    }

    private static RateLimit aSecond() {
        return new RateLimit(MOST_A_SECOND, Duration.ofSeconds(1));
    }

    /** What has been counted so far. */
    public SessionMetrics metrics() {
        return metrics;
    }

    /** Counts the event. Logs and reports it, unless its limit is reached. */
    public void fire(SessionEvent event) {
        metrics.count(event);
        long at = TimeUnit.MILLISECONDS.toNanos(event.at().toEpochMilli());
        if (limit(event).map(limit -> limit.admit(at).isPresent()).orElse(true)) {
            report(event);
        }
    }

    /** Fires that a token was invalid. */
    public void reject(Rejected.Cause cause, Optional<Handle> handle, Instant at) {
        fire(new Rejected(cause, handle.map(Handle::text), at));
    }

    private Optional<RateLimit> limit(SessionEvent event) {
        if (event instanceof Rejected || event instanceof Expired) {
            return Optional.of(rejections);
        }
        if (event instanceof ReuseDetected detected && !detected.isEnded()) {
            return Optional.of(reuse);
        }
        if (event instanceof LogoutRefused) {
            return Optional.of(logouts);
        }
        return event instanceof SignInFailed || event instanceof SignInThrottled
                ? Optional.of(signIns)
                : Optional.empty();
    }

    private void report(SessionEvent event) {
        LOG.log(isAlarming(event) ? Level.WARNING : Level.INFO, event.id() + ": " + LogSanitizer.of(event.toString()));
        try {
            observers.accept(event);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "An observer of " + event.getClass().getName() + " failed.", e);
        }
    }

    private static boolean isAlarming(SessionEvent event) {
        return event instanceof ReuseDetected
                || event instanceof RenewalUnanswered
                || event instanceof SignInFailed
                || event instanceof SignInThrottled
                || event instanceof SignInOvertaken
                || event instanceof LogoutRefused
                || (event instanceof Rejected rejected && ALARMING.contains(rejected.cause()));
    }
}
