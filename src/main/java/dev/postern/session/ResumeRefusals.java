package dev.postern.session;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Rejected.Cause;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.RotationDecision;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Token;
import java.util.Optional;

/**
 * Turns away whom {@link Rotation} does not let in, and ends the session of which a copy is in use.
 *
 * <p>Safe for concurrent use.
 */
final class ResumeRefusals {

    private final EventPublisher events;

    ResumeRefusals(EventPublisher events) {
        this.events = events;
    }

    /** Empty if a tombstone could not be written because another request has written meanwhile. */
    Optional<ResumeResult> refuse(ResumeAttempt step, RotationDecision decision) {
        if (decision instanceof RotationDecision.Reuse reuse) {
            return punish(step, reuse);
        }
        if (decision instanceof RotationDecision.Over over) {
            return Optional.of(over(step, over.reason()));
        }
        return Optional.of(
                decision instanceof RotationDecision.NoSession
                        ? turnAway(step.visit(), step.token(), Cause.UNREADABLE, new ResumeResult.Absent())
                        : turnAway(step.visit(), step.token(), Cause.LATE, new ResumeResult.Late()));
    }

    ResumeResult turnAway(UnitOfWork visit, Token token, Cause cause, ResumeResult resumption) {
        events.reject(cause, Optional.of(token.session()), visit.now());
        return resumption;
    }

    private Optional<ResumeResult> punish(ResumeAttempt step, RotationDecision.Reuse reuse) {
        String user = reuse.row().user().name();
        SessionEvent.ReuseDetected detected = new SessionEvent.ReuseDetected(
                step.handle(), user, reuse.tombstone().isPresent(), step.now());
        if (reuse.tombstone().isEmpty()) {
            events.suspect(detected);
            return Optional.of(new ResumeResult.Reused());
        }
        UnitOfWork.Outcome outcome = step.write(reuse.tombstone().get());
        if (outcome == UnitOfWork.Outcome.WRITTEN) {
            events.fire(detected);
            events.fire(new SessionEvent.Ended(step.handle(), Ending.REUSED, step.now()));
        }
        return outcome.isDone() ? Optional.of(new ResumeResult.Reused()) : Optional.empty();
    }

    private ResumeResult over(ResumeAttempt step, Ending reason) {
        if (reason == Ending.EXPIRED) {
            events.reject(new SessionEvent.Expired(step.handle(), step.now()));
            return new ResumeResult.Over(reason);
        }
        return turnAway(step.visit(), step.token(), Cause.ENDED, new ResumeResult.Over(reason));
    }
}
