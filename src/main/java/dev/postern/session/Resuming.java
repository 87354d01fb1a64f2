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
 * somebody else has written; then the row is read and decided on again.
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
        return remembered(visit, token).orElseGet(() -> decided(visit, token, use));
    }

    /**
     * A copy of the row lets a client in for whom nothing has to be written. Whatever else it would mean, the row may say
     * otherwise by now, so that is read.
     */
    private Optional<Resumption> remembered(Visit visit, Token token) {
        return visit.recall(token.key())
                .map(found -> new Step(visit, token, found))
                .flatMap(step -> decide(step) instanceof Decision.Accept accept
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
     * Nothing when the write was lost, so that the decision has to be made again. A request that only looks writes nothing; but
     * where another one would, the user's epoch is asked for both, or a session that all looks at would outlive it.
     */
    private Optional<Resumption> carryOut(Step step, Use use) {
        Decision decision = decide(step);
        if (!(decision instanceof Decision.Admission admission)) {
            return refusing.refuse(step, decision);
        }
        if (decision instanceof Decision.Accept || isTooSoonToOfferAgain(step, admission)) {
            return Optional.of(step.live(admission.row()));
        }
        if (step.isEndedByTheEpoch(admission.row())) {
            graveyard.bury(step.visit(), step.token().key(), Ending.REVOKED);
            return Optional.of(new Resumption.Over(Ending.REVOKED));
        }
        return use.contributors().isEmpty()
                ? Optional.of(step.live(admission.row()))
                : write(step, admission, use.contributors().get());
    }

    /** While nobody knows how old an offer is, its answer may be under way (H-16). */
    private static boolean isTooSoonToOfferAgain(Step step, Decision.Admission admission) {
        return admission instanceof Decision.Mint offer
                && offer.row().generation().pending().isPresent()
                && !step.visit().isClockSteady();
    }

    private Decision decide(Step step) {
        return step.found().row().map(row -> decide(step, row)).orElseGet(Decision.NoSession::new);
    }

    /** What was to end is over, even if the grid has come back before its tombstone could be written. */
    private Decision decide(Step step, SessionRow row) {
        return graveyard
                .postponed(step.token().key(), row)
                .<Decision>map(Decision.Over::new)
                .orElseGet(() -> rotation.decide(row, step.token(), step.now()));
    }

    private Optional<Resumption> write(Step step, Decision.Admission admission, Consumer<MetadataDraft> contributors) {
        if (admission instanceof Decision.Mint offer) {
            return offer(step, offer, contributors);
        }
        if (admission instanceof Decision.Confirm confirm) {
            return confirm(step, confirm);
        }
        return Optional.of(touch(step, ((Decision.Touch) admission).next()));
    }

    /**
     * A touch that is lost is not tried again: somebody else used the session at this moment, and many who did would keep
     * each other out. Whether the session still counts is decided again.
     */
    private Resumption touch(Step step, Active touched) {
        return step.write(touched).isDone() ? step.live(touched) : decided(step.visit(), step.token(), Use.PASSIVE);
    }

    /** A successor is random, so a row in which it stands was written by this very call: the client gets it from here. */
    private Optional<Resumption> offer(Step step, Decision.Mint offer, Consumer<MetadataDraft> contributors) {
        Token successor = mint.successor(step.token(), offer.number());
        Active next = offered(step, offer, successor, contributors);
        if (!step.write(next).isDone()) {
            return Optional.empty();
        }
        events.fire(new SessionEvent.Renewed(step.handle(), next.user().name(), step.now()));
        return Optional.of(
                new Resumption.Live(new LiveSession(step.token(), next, step.now()), Optional.of(successor)));
    }

    /** What contributors do, however long it takes and however much they add, must not keep the secret from being renewed. */
    private static Active offered(
            Step step, Decision.Mint offer, Token successor, Consumer<MetadataDraft> contributors) {
        Map<String, String> present = offer.row().metadata();
        Map<String, String> metadata = step.visit().offTheClock(() -> Draft.renewed(present, step.now(), contributors));
        Active next = offer.offering(successor.hash(), metadata);
        return step.visit().fits(next) ? next : offer.offering(successor.hash(), present);
    }

    private Optional<Resumption> confirm(Step step, Decision.Confirm confirm) {
        Visit.Outcome outcome = step.write(confirm.next());
        if (outcome == Visit.Outcome.WRITTEN) {
            String user = confirm.next().user().name();
            events.fire(new SessionEvent.Confirmed(step.handle(), user, confirm.isHealed(), step.now()));
        }
        return outcome.isDone() ? Optional.of(step.live(confirm.next())) : Optional.empty();
    }
}
