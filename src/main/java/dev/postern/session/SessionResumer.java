package dev.postern.session;

import dev.postern.Ending;
import dev.postern.MetadataDraft;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Rejected.Cause;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.provider.ProviderNames;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.RotationDecision;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Resumes sessions: reads the row, asks {@link Rotation}, and writes what it decides. If another request writes
 * meanwhile, the row is read and decided on again.
 *
 * <p>Safe for concurrent use.
 */
final class SessionResumer {

    /** After this many lost writes a request that is accepted anyway leaves the write to the next one. */
    private static final int ATTEMPTS = 8;

    private final Rotation rotation;
    private final TokenMint mint;
    private final SessionTerminator terminator;
    private final ProviderNames provider;
    private final EventPublisher events;
    private final ResumeRefusals refusals;
    private final Optional<SessionCopies> copies;

    SessionResumer(
            Rotation rotation,
            TokenMint mint,
            SessionTerminator terminator,
            EventPublisher events,
            Optional<SessionCopies> copies) {
        this.rotation = rotation;
        this.mint = mint;
        this.terminator = terminator;
        this.provider = new ProviderNames(mint);
        this.events = events;
        this.copies = copies;
        this.refusals = new ResumeRefusals(events);
    }

    ResumeResult resume(UnitOfWork work, Token token, ResumeRequest request) {
        for (int attempts = 0; ; attempts++) {
            Optional<VersionedRow> found = find(work, token);
            if (found.isEmpty()) {
                return refusals.refuseToken(work, token, Cause.UNKNOWN, new ResumeResult.Absent());
            }
            ResumeAttempt attempt = new ResumeAttempt(work, token, found.get());
            Optional<ResumeResult> outcome = carryOut(attempt, attempts < ATTEMPTS ? request : ResumeRequest.PASSIVE);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
    }

    /** Reads the row. It becomes a copy if the token is current and nothing has to be written for a while. */
    private Optional<VersionedRow> find(UnitOfWork work, Token token) {
        if (copies.isEmpty()) {
            return work.find(RowKey.of(token));
        }
        try (SessionCopies.Reading reading = copies.get().reading(token)) {
            Optional<VersionedRow> found = work.find(RowKey.of(token));
            if (found.flatMap(VersionedRow::row).orElse(null) instanceof Active row) {
                rotation.acceptedUntil(row, token).ifPresent(until -> reading.keep(row, work.now(), until));
            }
            return found;
        }
    }

    /**
     * Empty if the write was lost, so that the decision has to be made again.
     *
     * <p>A passive request writes nothing. But where an active one would write, the epoch is read for both. Otherwise a
     * session with passive requests alone would outlive its user's epoch. So are its names at an identity provider.
     */
    private Optional<ResumeResult> carryOut(ResumeAttempt attempt, ResumeRequest request) {
        RotationDecision decision = decide(attempt, request.origin());
        if (!(decision instanceof RotationDecision.Admission admission)) {
            return refusals.refuse(attempt, decision);
        }
        if (decision instanceof RotationDecision.Accept) {
            return Optional.of(attempt.live(admission.row()));
        }
        if (attempt.isOver(admission.row())) {
            terminator.end(attempt.work(), RowKey.of(attempt.token()), Ending.REVOKED);
            return Optional.of(new ResumeResult.Over(Ending.REVOKED));
        }
        if (!provider.add(attempt.work(), RowKey.of(attempt.token()), admission.row())) {
            terminator.end(attempt.work(), RowKey.of(attempt.token()), Ending.SIGNED_OUT_AT_PROVIDER);
            return Optional.of(new ResumeResult.Over(Ending.SIGNED_OUT_AT_PROVIDER));
        }
        return request.isPassive() ? Optional.of(attempt.live(admission.row())) : write(attempt, admission, request);
    }

    private RotationDecision decide(ResumeAttempt attempt, RequestSource origin) {
        return attempt.found()
                .row()
                .map(row -> rotation.decide(
                        row, attempt.token(), origin, attempt.work().time()))
                .orElseGet(RotationDecision.NoSession::new);
    }

    private Optional<ResumeResult> write(
            ResumeAttempt attempt, RotationDecision.Admission admission, ResumeRequest request) {
        if (admission instanceof RotationDecision.Mint offer) {
            return offer(attempt, offer, request.onRenewal());
        }
        if (admission instanceof RotationDecision.Confirm confirm) {
            return confirm(attempt, confirm, request.onTouch());
        }
        return Optional.of(
                touch(attempt, contributed(attempt, ((RotationDecision.Touch) admission).next(), request.onTouch())));
    }

    /**
     * A lost touch is not retried: another request has just used the session. Only whether the session is alive is
     * decided again.
     */
    private ResumeResult touch(ResumeAttempt attempt, Active touched) {
        return attempt.write(touched).isDone()
                ? attempt.live(touched)
                : resume(attempt.work(), attempt.token(), ResumeRequest.PASSIVE);
    }

    /** A successor is random. So if the row contains it, this call has written it and sends it to the client. */
    private Optional<ResumeResult> offer(
            ResumeAttempt attempt, RotationDecision.Mint offer, Consumer<MetadataDraft> contributors) {
        Token successor = mint.successor(attempt.token(), offer.number());
        Active next = contributed(attempt, offer.offering(successor.hash()), contributors);
        if (!attempt.write(next).isDone()) {
            return Optional.empty();
        }
        reportRenewed(attempt, offer.row(), next);
        return Optional.of(
                new ResumeResult.Live(new LiveSession(attempt.token(), next, attempt.now()), Optional.of(successor)));
    }

    /** Unanswered offers are reported once for each token. */
    private void reportRenewed(ResumeAttempt attempt, Active before, Active offered) {
        String user = offered.user().name();
        events.fire(new SessionEvent.Renewed(attempt.handle(), user, attempt.now()));
        int unanswered = offered.generation().offers().unanswered();
        if (unanswered == OfferedTokens.REPORTED && before.generation().offers().unanswered() < unanswered) {
            events.fire(new SessionEvent.RenewalUnanswered(attempt.handle(), user, unanswered, attempt.now()));
        }
    }

    /** The row with what the contributors add. Slow contributors, or too much metadata, must not prevent the write. */
    private static Active contributed(ResumeAttempt attempt, Active next, Consumer<MetadataDraft> contributors) {
        Map<String, String> present = next.metadata();
        Map<String, String> metadata =
                attempt.work().excludingOwnWork(() -> BoundedMetadata.renewed(present, attempt.now(), contributors));
        Active changed = next.withMetadata(metadata);
        return attempt.work().fits(changed) ? changed : next;
    }

    private Optional<ResumeResult> confirm(
            ResumeAttempt attempt, RotationDecision.Confirm confirm, Consumer<MetadataDraft> contributors) {
        Active next = contributed(attempt, confirm.next(), contributors);
        UnitOfWork.Outcome outcome = attempt.write(next);
        if (outcome == UnitOfWork.Outcome.WRITTEN) {
            String user = next.user().name();
            events.fire(new SessionEvent.Confirmed(attempt.handle(), user, confirm.isHealed(), attempt.now()));
        }
        return outcome.isDone() ? Optional.of(attempt.live(next)) : Optional.empty();
    }
}
