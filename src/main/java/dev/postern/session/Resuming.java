package dev.postern.session;

import dev.postern.Ending;
import dev.postern.MetadataDraft;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Rejected.Cause;
import dev.postern.session.SessionRow.Active;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Resumes sessions: reads the row, asks {@link Rotation}, and writes what that decides. A write that is lost means that
 * somebody else has written; then the row is read and decided on again.
 *
 * <p>Safe for concurrent use.
 */
final class Resuming {

    private final Rotation rotation;
    private final TokenMint mint;
    private final Graveyard graveyard;
    private final SessionEvents events;

    Resuming(Rotation rotation, TokenMint mint, Graveyard graveyard, SessionEvents events) {
        this.rotation = rotation;
        this.mint = mint;
        this.graveyard = graveyard;
        this.events = events;
    }

    Resumption resume(Visit visit, Token token, Use use) {
        for (int left = SessionKeeper.TRIES; left > 0; left--) {
            Optional<Found> found = visit.find(token.key());
            if (found.isEmpty()) {
                return turnedAway(visit, token, Cause.UNKNOWN, new Resumption.Absent());
            }
            Optional<Resumption> outcome = carryOut(new Step(visit, token, found.get()), use);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw visit.gaveUp(token.key());
    }

    /** One try: what was found for a token on a visit. */
    private record Step(Visit visit, Token token, Found found) {

        boolean isDone(Active next) {
            return write(next).isDone();
        }

        Visit.Outcome write(SessionRow next) {
            return visit.swap(token.key(), found, next);
        }

        String handle() {
            return token.session().text();
        }

        Instant now() {
            return visit.now();
        }

        boolean isFromBeforeTheEpoch(Active row) {
            return row.times().created().isBefore(visit.epoch(token.user()));
        }

        Resumption live(Active row) {
            return new Resumption.Live(new LiveSession(token, row), Optional.empty());
        }
    }

    /** Nothing when the write was lost, so that the decision has to be made again. */
    private Optional<Resumption> carryOut(Step step, Use use) {
        Decision decision = decide(step);
        if (!(decision instanceof Decision.Admission admission)) {
            return refuse(step, decision);
        }
        if (use.contributors().isEmpty() || decision instanceof Decision.Accept) {
            return Optional.of(step.live(admission.row()));
        }
        if (step.isFromBeforeTheEpoch(admission.row())) {
            graveyard.bury(step.visit, step.token, Ending.REVOKED);
            return Optional.of(new Resumption.Over(Ending.REVOKED));
        }
        return write(step, admission, use.contributors().get());
    }

    private Decision decide(Step step) {
        return step.found
                .row()
                .map(row -> rotation.decide(row, step.token, step.now()))
                .orElseGet(Decision.NoSession::new);
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
        return step.isDone(touched) ? step.live(touched) : resume(step.visit, step.token, Use.PASSIVE);
    }

    /** A successor is random, so a row in which it stands was written by this very call: the client gets it from here. */
    private Optional<Resumption> offer(Step step, Decision.Mint offer, Consumer<MetadataDraft> contributors) {
        Token successor = mint.successor(step.token, offer.number());
        Active next = offer.offering(successor.hash(), Draft.renewed(offer.row().metadata(), step.now(), contributors));
        if (!step.isDone(next)) {
            return Optional.empty();
        }
        events.fire(new SessionEvent.Renewed(step.handle(), next.user().name(), step.now()));
        return Optional.of(new Resumption.Live(new LiveSession(step.token, next), Optional.of(successor)));
    }

    private Optional<Resumption> confirm(Step step, Decision.Confirm confirm) {
        Visit.Outcome outcome = step.write(confirm.next());
        if (outcome == Visit.Outcome.WRITTEN) {
            String user = confirm.next().user().name();
            events.fire(new SessionEvent.Confirmed(step.handle(), user, confirm.isHealed(), step.now()));
        }
        return outcome.isDone() ? Optional.of(step.live(confirm.next())) : Optional.empty();
    }

    private Optional<Resumption> refuse(Step step, Decision decision) {
        if (decision instanceof Decision.Reuse reuse && step.visit.isClockSteady()) {
            return punish(step, reuse);
        }
        if (decision instanceof Decision.Over over) {
            return Optional.of(over(step, over.reason()));
        }
        return Optional.of(
                decision instanceof Decision.NoSession
                        ? turnedAway(step.visit, step.token, Cause.UNREADABLE, new Resumption.Absent())
                        : turnedAway(step.visit, step.token, Cause.LATE, new Resumption.Late()));
    }

    private Optional<Resumption> punish(Step step, Decision.Reuse reuse) {
        Visit.Outcome outcome = reuse.tombstone().map(step::write).orElse(Visit.Outcome.WRITTEN);
        if (outcome == Visit.Outcome.WRITTEN) {
            boolean isEnded = reuse.tombstone().isPresent();
            String user = reuse.row().user().name();
            events.fireSome(new SessionEvent.ReuseDetected(step.handle(), user, isEnded, step.now()));
            if (isEnded) {
                events.fire(new SessionEvent.Ended(step.handle(), Ending.REUSED, step.now()));
            }
        }
        return outcome.isDone() ? Optional.of(new Resumption.Reused()) : Optional.empty();
    }

    private Resumption over(Step step, Ending reason) {
        if (reason == Ending.EXPIRED) {
            events.fireSome(new SessionEvent.Expired(step.handle(), step.now()));
            return new Resumption.Over(reason);
        }
        return turnedAway(step.visit, step.token, Cause.ENDED, new Resumption.Over(reason));
    }

    private Resumption turnedAway(Visit visit, Token token, Cause cause, Resumption resumption) {
        events.reject(cause, Optional.of(token.session()), visit.now());
        return resumption;
    }
}
