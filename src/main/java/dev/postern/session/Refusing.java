package dev.postern.session;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Rejected.Cause;
import java.util.Optional;

/**
 * Turns away whom {@link Rotation} does not let in, and ends the session of which a copy is in use.
 *
 * <p>Safe for concurrent use.
 */
final class Refusing {

    private final SessionEvents events;

    Refusing(SessionEvents events) {
        this.events = events;
    }

    /** Empty if a tombstone could not be written because another request has written meanwhile. */
    Optional<Resumption> refuse(Step step, Decision decision) {
        if (decision instanceof Decision.Reuse reuse) {
            return punish(step, reuse);
        }
        if (decision instanceof Decision.Over over) {
            return Optional.of(over(step, over.reason()));
        }
        return Optional.of(
                decision instanceof Decision.NoSession
                        ? turnAway(step.visit(), step.token(), Cause.UNREADABLE, new Resumption.Absent())
                        : turnAway(step.visit(), step.token(), Cause.LATE, new Resumption.Late()));
    }

    Resumption turnAway(Visit visit, Token token, Cause cause, Resumption resumption) {
        events.reject(cause, Optional.of(token.session()), visit.now());
        return resumption;
    }

    private Optional<Resumption> punish(Step step, Decision.Reuse reuse) {
        String user = reuse.row().user().name();
        SessionEvent.ReuseDetected detected = new SessionEvent.ReuseDetected(
                step.handle(), user, reuse.tombstone().isPresent(), step.now());
        if (reuse.tombstone().isEmpty()) {
            events.suspect(detected);
            return Optional.of(new Resumption.Reused());
        }
        Visit.Outcome outcome = step.write(reuse.tombstone().get());
        if (outcome == Visit.Outcome.WRITTEN) {
            events.fire(detected);
            events.fire(new SessionEvent.Ended(step.handle(), Ending.REUSED, step.now()));
        }
        return outcome.isDone() ? Optional.of(new Resumption.Reused()) : Optional.empty();
    }

    private Resumption over(Step step, Ending reason) {
        if (reason == Ending.EXPIRED) {
            events.reject(new SessionEvent.Expired(step.handle(), step.now()));
            return new Resumption.Over(reason);
        }
        return turnAway(step.visit(), step.token(), Cause.ENDED, new Resumption.Over(reason));
    }
}
