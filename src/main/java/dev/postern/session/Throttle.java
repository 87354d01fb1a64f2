package dev.postern.session;

import dev.postern.PosternException;
import dev.postern.SessionEvent.SignInFailed;
import dev.postern.SessionEvent.SignInThrottled;
import java.time.Duration;

/**
 * Lets sign-ins be tried until too many have failed, and from then on one after each wait, on whichever node. Who is refused has
 * asked no identity store, so it makes no difference whether there is such a user.
 *
 * <p>Every method throws {@link PosternException} when the grid does not answer in time. Safe for concurrent use.
 */
public final class Throttle {

    private final TryCounts counts;
    private final TryWatch watch;
    private final SessionEvents events;
    private final UnderWay underWay = new UnderWay();

    /** A throttle that tells the listener of what fails and of what is refused. */
    public Throttle(TryCounts counts, TryWatch watch, SessionListener listener) {
        this.counts = counts;
        this.watch = watch;
        this.events = new SessionEvents(listener);
    }

    /** Asks whether the attempt may be made. One question to the grid, and one more where it must be the only one for now. */
    public Admission admit(Attempt attempt) {
        Counting counting = new Counting(counts, underWay.begin(watch.of(attempt)));
        boolean isAdmitted = false;
        try {
            Duration wait = counting.begin();
            isAdmitted = wait.isZero();
            return isAdmitted ? new Admission.Admitted(this, attempt, counting) : refuse(attempt, wait);
        } finally {
            if (!isAdmitted) {
                end(counting);
            }
        }
    }

    void end(Counting counting) {
        underWay.end(counting.watched());
    }

    void tellFailed(Attempt attempt) {
        events.reject(new SignInFailed(attempt.name(), attempt.address(), counts.now()));
    }

    private Admission refuse(Attempt attempt, Duration wait) {
        events.reject(new SignInThrottled(attempt.name(), attempt.address(), counts.now()));
        return new Admission.TooMany(wait);
    }
}
