package dev.postern.session;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Rejected.Cause;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.RotationDecision;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.Failures;
import dev.postern.session.store.NotDurableException;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Token;
import java.util.Optional;

/**
 * Refuses the requests that {@link Rotation} does not accept, and ends the session of a stolen token.
 *
 * <p>Safe for concurrent use.
 */
final class ResumeRefusals {

    private final EventPublisher events;

    ResumeRefusals(EventPublisher events) {
        this.events = events;
    }

    /**
     * Empty if the tombstone was lost to another request's write, so that the decision has to be made again.
     *
     * @throws NotDurableException if the session of a stolen token is over on all nodes, and a database beside the grid
     *     has not answered
     */
    Optional<ResumeResult> refuse(ResumeAttempt attempt, RotationDecision decision) {
        if (decision instanceof RotationDecision.Reuse reuse) {
            return endForReuse(attempt, reuse);
        }
        if (decision instanceof RotationDecision.Over over) {
            return Optional.of(over(attempt, over.reason()));
        }
        return Optional.of(
                decision instanceof RotationDecision.NoSession
                        ? refuseToken(attempt.work(), attempt.token(), Cause.UNREADABLE, new ResumeResult.Absent())
                        : refuseToken(attempt.work(), attempt.token(), Cause.LATE, new ResumeResult.Late()));
    }

    /** Reports the cause. Returns the result. */
    ResumeResult refuseToken(UnitOfWork work, Token token, Cause cause, ResumeResult result) {
        events.reject(cause, Optional.of(token.session()), work.now());
        return result;
    }

    private Optional<ResumeResult> endForReuse(ResumeAttempt attempt, RotationDecision.Reuse reuse) {
        String user = reuse.row().user().name();
        SessionEvent.ReuseDetected detected = new SessionEvent.ReuseDetected(
                attempt.handle(), user, reuse.tombstone().isPresent(), attempt.now());
        if (reuse.tombstone().isEmpty()) {
            events.fire(detected);
            return Optional.of(new ResumeResult.Reused());
        }
        Failures late = new Failures();
        UnitOfWork.Outcome outcome = attempt.write(reuse.tombstone().get(), late);
        if (outcome == UnitOfWork.Outcome.WRITTEN) {
            events.fire(detected);
            events.fire(new SessionEvent.Ended(attempt.handle(), Ending.REUSED, attempt.now()));
        }
        if (!outcome.isDone()) {
            return Optional.empty();
        }
        attempt.work().endCopies(RowKey.of(attempt.token()));
        late.rethrow();
        return Optional.of(new ResumeResult.Reused());
    }

    private ResumeResult over(ResumeAttempt attempt, Ending reason) {
        if (reason == Ending.EXPIRED) {
            events.fire(new SessionEvent.Expired(attempt.handle(), attempt.now()));
            return new ResumeResult.Over(reason);
        }
        return refuseToken(attempt.work(), attempt.token(), Cause.ENDED, new ResumeResult.Over(reason));
    }
}
