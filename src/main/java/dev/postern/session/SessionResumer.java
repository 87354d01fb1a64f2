package dev.postern.session;

import dev.postern.Ending;
import dev.postern.MetadataDraft;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Rejected.Cause;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.RotationDecision;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Resumes sessions: reads the row, asks {@link Rotation}, and writes what that decides. A write that is lost means that
 * another request has written; then the row is read and decided on again.
 *
 * <p>Safe for concurrent use.
 */
final class SessionResumer {

    /** How often a lost write is decided again, before a request that is let in anyway leaves it to the next one. */
    private static final int TRIES = 8;

    private final Rotation rotation;
    private final TokenMint mint;
    private final SessionTerminator graveyard;
    private final EventPublisher events;
    private final ResumeRefusals refusing;

    SessionResumer(Rotation rotation, TokenMint mint, SessionTerminator graveyard, EventPublisher events) {
        this.rotation = rotation;
        this.mint = mint;
        this.graveyard = graveyard;
        this.events = events;
        this.refusing = new ResumeRefusals(events);
    }

    ResumeResult resume(UnitOfWork visit, Token token, ResumeRequest use) {
        return remembered(visit, token, use).orElseGet(() -> decided(visit, token, use));
    }

    /**
     * A copy of the row accepts a request for which nothing has to be written. For any other decision the row itself is
     * read, because it may have changed by now.
     */
    private Optional<ResumeResult> remembered(UnitOfWork visit, Token token, ResumeRequest use) {
        return visit.recall(RowKey.of(token))
                .map(found -> new ResumeAttempt(visit, token, found))
                .flatMap(step -> decide(step, use.origin()) instanceof RotationDecision.Accept accept
                        ? Optional.of(step.live(accept.row()))
                        : Optional.empty());
    }

    private ResumeResult decided(UnitOfWork visit, Token token, ResumeRequest use) {
        for (int tries = 0; ; tries++) {
            Optional<VersionedRow> found = visit.find(RowKey.of(token));
            if (found.isEmpty()) {
                return refusing.turnAway(visit, token, Cause.UNKNOWN, new ResumeResult.Absent());
            }
            ResumeAttempt step = new ResumeAttempt(visit, token, found.get());
            Optional<ResumeResult> outcome = carryOut(step, tries < TRIES ? use : ResumeRequest.PASSIVE);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
    }

    /**
     * Empty if the write was lost, so that the decision has to be made again. A passive request writes nothing. But
     * where an active one would, the user's epoch is read for both: otherwise a session with passive requests only
     * would outlive it.
     */
    private Optional<ResumeResult> carryOut(ResumeAttempt step, ResumeRequest use) {
        RotationDecision decision = decide(step, use.origin());
        if (!(decision instanceof RotationDecision.Admission admission)) {
            return refusing.refuse(step, decision);
        }
        if (decision instanceof RotationDecision.Accept) {
            return Optional.of(step.live(admission.row()));
        }
        if (step.isEndedByTheEpoch(admission.row())) {
            graveyard.bury(step.visit(), RowKey.of(step.token()), Ending.REVOKED);
            return Optional.of(new ResumeResult.Over(Ending.REVOKED));
        }
        return use.isPassive() ? Optional.of(step.live(admission.row())) : write(step, admission, use);
    }

    private RotationDecision decide(ResumeAttempt step, RequestSource origin) {
        return step.found().row().map(row -> decide(step, row, origin)).orElseGet(RotationDecision.NoSession::new);
    }

    /** What was to end is over, even if the grid has come back before its tombstone could be written. */
    private RotationDecision decide(ResumeAttempt step, SessionRow row, RequestSource origin) {
        return graveyard
                .postponed(RowKey.of(step.token()), row)
                .<RotationDecision>map(RotationDecision.Over::new)
                .orElseGet(() ->
                        rotation.decide(row, step.token(), origin, step.visit().moment()));
    }

    private Optional<ResumeResult> write(ResumeAttempt step, RotationDecision.Admission admission, ResumeRequest use) {
        if (admission instanceof RotationDecision.Mint offer) {
            return offer(step, offer, use.onRenewal());
        }
        if (admission instanceof RotationDecision.Confirm confirm) {
            return confirm(step, confirm, use.onTouch());
        }
        return Optional.of(touch(step, noted(step, ((RotationDecision.Touch) admission).next(), use.onTouch())));
    }

    /**
     * A touch that is lost is not retried: another request used the session at this moment, and many of them would keep
     * each other out. Whether the session is still valid is decided again.
     */
    private ResumeResult touch(ResumeAttempt step, Active touched) {
        return step.write(touched).isDone() ? step.live(touched) : decided(step.visit(), step.token(), ResumeRequest.PASSIVE);
    }

    /**
     * A successor is random, so a row in which it stands was written by this very call: the client gets it from here.
     */
    private Optional<ResumeResult> offer(ResumeAttempt step, RotationDecision.Mint offer, Consumer<MetadataDraft> contributors) {
        Token successor = mint.successor(step.token(), offer.number());
        Active next = noted(step, offer.offering(successor.hash()), contributors);
        if (!step.write(next).isDone()) {
            return Optional.empty();
        }
        tell(step, offer.row(), next);
        return Optional.of(
                new ResumeResult.Live(new LiveSession(step.token(), next, step.now()), Optional.of(successor)));
    }

    /** Offers that are not taken are reported once for each token. */
    private void tell(ResumeAttempt step, Active before, Active offered) {
        String user = offered.user().name();
        events.fire(new SessionEvent.Renewed(step.handle(), user, step.now()));
        int unanswered = offered.generation().offers().unanswered();
        if (unanswered == OfferedTokens.REPORTED && before.generation().offers().unanswered() < unanswered) {
            events.fire(new SessionEvent.RenewalUnanswered(step.handle(), user, unanswered, step.now()));
        }
    }

    /**
     * What contributors do, however long it takes and however much they add, must not keep a use from being written
     * down.
     */
    private static Active noted(ResumeAttempt step, Active next, Consumer<MetadataDraft> contributors) {
        Map<String, String> present = next.metadata();
        Map<String, String> metadata = step.visit().offTheClock(() -> BoundedMetadata.renewed(present, step.now(), contributors));
        Active changed = next.withMetadata(metadata);
        return step.visit().fits(changed) ? changed : next;
    }

    private Optional<ResumeResult> confirm(ResumeAttempt step, RotationDecision.Confirm confirm, Consumer<MetadataDraft> contributors) {
        Active next = noted(step, confirm.next(), contributors);
        UnitOfWork.Outcome outcome = step.write(next);
        if (outcome == UnitOfWork.Outcome.WRITTEN) {
            String user = next.user().name();
            events.fire(new SessionEvent.Confirmed(step.handle(), user, confirm.isHealed(), step.now()));
        }
        return outcome.isDone() ? Optional.of(step.live(next)) : Optional.empty();
    }
}
