package dev.postern.session;

import dev.postern.PosternException;
import dev.postern.SessionEvent.SignInFailed;
import dev.postern.SessionEvent.SignInThrottled;
import java.time.Duration;

/**
 * Admits sign-ins until too many have failed, and from then on one after each wait, on all nodes together. A refused
 * attempt has asked no identity store, so it makes no difference whether there is such a user.
 *
 * <p>Every method throws {@link PosternException} when the grid does not answer in time. Safe for concurrent use.
 */
public final class Throttle {

    private final TryCounts counts;
    private final TryWatch watch;
    private final SessionEvents events;

    /** A throttle that tells the listener of what fails and of what is refused. */
    public Throttle(TryCounts counts, TryWatch watch, SessionListener listener) {
        this.counts = counts;
        this.watch = watch;
        this.events = new SessionEvents(listener);
    }

    /** Asks whether the attempt may be made: one question to the grid. */
    public Admission admit(Attempt attempt) {
        AttemptCounter counter = new AttemptCounter(counts, watch.of(attempt));
        Duration wait = counter.begin();
        return wait.isZero() ? new Admission.Admitted(this, attempt, counter) : refuse(attempt, wait);
    }

    void tellFailed(Attempt attempt) {
        events.reject(new SignInFailed(attempt.name(), attempt.address(), counts.now()));
    }

    Admission.TooMany refuse(Attempt attempt, Duration wait) {
        events.reject(new SignInThrottled(attempt.name(), attempt.address(), counts.now()));
        return new Admission.TooMany(wait);
    }
}
