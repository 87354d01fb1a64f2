package dev.postern.session;

import dev.postern.Ending;
import dev.postern.MetadataDraft;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Rejected.Cause;
import dev.postern.session.SessionRow.Active;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Resumes sessions: reads the row, asks {@link Rotation}, and writes what that decides. A write that is lost means that
 * another request has written; then the row is read and decided on again.
 *
 * <p>Safe for concurrent use.
 */
final class Resuming {

    /** How often a lost write is decided again, before a request that is let in anyway leaves it to the next one. */
    private static final int TRIES = 8;

    private final Rotation rotation;
    private final TokenMint mint;
    private final Graveyard graveyard;
    private final SessionEvents events;
    private final Refusing refusing;

    Resuming(Rotation rotation, TokenMint mint, Graveyard graveyard, SessionEvents events) {
        this.rotation = rotation;
        this.mint = mint;
        this.graveyard = graveyard;
        this.events = events;
        this.refusing = new Refusing(events);
    }

    Resumption resume(Visit visit, Token token, Use use) {
        return remembered(visit, token, use).orElseGet(() -> decided(visit, token, use));
    }

    /**
     * A copy of the row accepts a request for which nothing has to be written. For any other decision the row itself is
     * read, because it may have changed by now.
     */
    private Optional<Resumption> remembered(Visit visit, Token token, Use use) {
        return visit.recall(token.key())
                .map(found -> new Step(visit, token, found))
                .flatMap(step -> decide(step, use.origin()) instanceof Decision.Accept accept
                        ? Optional.of(step.live(accept.row()))
                        : Optional.empty());
    }

    private Resumption decided(Visit visit, Token token, Use use) {
        for (int tries = 0; ; tries++) {
            Optional<Found> found = visit.find(token.key());
            if (found.isEmpty()) {
                return refusing.turnAway(visit, token, Cause.UNKNOWN, new Resumption.Absent());
            }
            Step step = new Step(visit, token, found.get());
            Optional<Resumption> outcome = carryOut(step, tries < TRIES ? use : Use.PASSIVE);
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
    private Optional<Resumption> carryOut(Step step, Use use) {
        Decision decision = decide(step, use.origin());
        if (!(decision instanceof Decision.Admission admission)) {
            return refusing.refuse(step, decision);
        }
        if (decision instanceof Decision.Accept) {
            return Optional.of(step.live(admission.row()));
        }
        if (step.isEndedByTheEpoch(admission.row())) {
            graveyard.bury(step.visit(), step.token().key(), Ending.REVOKED);
            return Optional.of(new Resumption.Over(Ending.REVOKED));
        }
        return use.isPassive() ? Optional.of(step.live(admission.row())) : write(step, admission, use);
    }

    private Decision decide(Step step, Origin origin) {
        return step.found().row().map(row -> decide(step, row, origin)).orElseGet(Decision.NoSession::new);
    }

    /** What was to end is over, even if the grid has come back before its tombstone could be written. */
    private Decision decide(Step step, SessionRow row, Origin origin) {
        return graveyard
                .postponed(step.token().key(), row)
                .<Decision>map(Decision.Over::new)
                .orElseGet(() ->
                        rotation.decide(row, step.token(), origin, step.visit().moment()));
    }

    private Optional<Resumption> write(Step step, Decision.Admission admission, Use use) {
        if (admission instanceof Decision.Mint offer) {
            return offer(step, offer, use.onRenewal());
        }
        if (admission instanceof Decision.Confirm confirm) {
            return confirm(step, confirm, use.onTouch());
        }
        return Optional.of(touch(step, noted(step, ((Decision.Touch) admission).next(), use.onTouch())));
    }

    /**
     * A touch that is lost is not retried: another request used the session at this moment, and many of them would keep
     * each other out. Whether the session is still valid is decided again.
     */
    private Resumption touch(Step step, Active touched) {
        return step.write(touched).isDone() ? step.live(touched) : decided(step.visit(), step.token(), Use.PASSIVE);
    }

    /**
     * A successor is random, so a row in which it stands was written by this very call: the client gets it from here.
     */
    private Optional<Resumption> offer(Step step, Decision.Mint offer, Consumer<MetadataDraft> contributors) {
        Token successor = mint.successor(step.token(), offer.number());
        Active next = noted(step, offer.offering(successor.hash()), contributors);
        if (!step.write(next).isDone()) {
            return Optional.empty();
        }
        tell(step, offer.row(), next);
        return Optional.of(
                new Resumption.Live(new LiveSession(step.token(), next, step.now()), Optional.of(successor)));
    }

    /** Offers that are not taken are reported once for each token. */
    private void tell(Step step, Active before, Active offered) {
        String user = offered.user().name();
        events.fire(new SessionEvent.Renewed(step.handle(), user, step.now()));
        int unanswered = offered.generation().offers().unanswered();
        if (unanswered == Offers.REPORTED && before.generation().offers().unanswered() < unanswered) {
            events.fire(new SessionEvent.RenewalUnanswered(step.handle(), user, unanswered, step.now()));
        }
    }

    /**
     * What contributors do, however long it takes and however much they add, must not keep a use from being written
     * down.
     */
    private static Active noted(Step step, Active next, Consumer<MetadataDraft> contributors) {
        Map<String, String> present = next.metadata();
        Map<String, String> metadata = step.visit().offTheClock(() -> Draft.renewed(present, step.now(), contributors));
        Active changed = next.withMetadata(metadata);
        return step.visit().fits(changed) ? changed : next;
    }

    private Optional<Resumption> confirm(Step step, Decision.Confirm confirm, Consumer<MetadataDraft> contributors) {
        Active next = noted(step, confirm.next(), contributors);
        Visit.Outcome outcome = step.write(next);
        if (outcome == Visit.Outcome.WRITTEN) {
            String user = next.user().name();
            events.fire(new SessionEvent.Confirmed(step.handle(), user, confirm.isHealed(), step.now()));
        }
        return outcome.isDone() ? Optional.of(step.live(next)) : Optional.empty();
    }
}
