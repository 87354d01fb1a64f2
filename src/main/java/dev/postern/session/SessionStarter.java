package dev.postern.session;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.Generation;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.RotationDecision;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Begins sessions. A user who signs in again in the same client goes on with the same session under a new token, and
 * the old one is invalid at once; for another user a session of their own begins, and the one that was presented ends.
 *
 * <p>A sign-in during which all sessions of its user are ended leaves no session. Ending them writes the epoch first
 * and looks for sessions then; a sign-in writes its session first and looks at the epoch then. So one of both sees the
 * other.
 *
 * <p>Safe for concurrent use.
 */
final class SessionStarter {

    private final Rotation rotation;
    private final TokenMint mint;
    private final SessionTerminator terminator;
    private final SessionEnder ender;
    private final SessionLimitEnforcer limitEnforcer;
    private final EventPublisher events;

    SessionStarter(Rotation rotation, TokenMint mint, SessionTerminator terminator, EventPublisher events) {
        this.rotation = rotation;
        this.mint = mint;
        this.terminator = terminator;
        this.ender = new SessionEnder(rotation, new ResumeRefusals(events), terminator);
        this.limitEnforcer = new SessionLimitEnforcer(rotation.limits().perUser(), terminator);
        this.events = events;
    }

    /**
     * Empty if the user has as many sessions as allowed, and none of them gives way.
     *
     * @throws SignInOvertakenException when all sessions of the user were ended meanwhile
     */
    Optional<LiveSession> begin(UnitOfWork work, SignInRequest signIn) {
        Handle user = mint.userHandle(signIn.user().name());
        Epoch epoch = work.epoch(user);
        if (signIn.start().filter(start -> start.isBefore(epoch, user)).isPresent()) {
            throw overtaken(work, signIn);
        }
        return signIn.presented()
                .filter(token -> token.user().equals(user))
                .flatMap(token -> again(work, signIn, token, epoch))
                .or(() -> anew(work, signIn, mint.first(user), epoch))
                .or(() -> refused(work, signIn));
    }

    private Optional<LiveSession> refused(UnitOfWork work, SignInRequest signIn) {
        events.fire(new SessionEvent.Refused(signIn.user().name(), work.now()));
        return Optional.empty();
    }

    private SignInOvertakenException overtaken(UnitOfWork work, SignInRequest signIn) {
        work.excludingOwnWork(
                () -> events.fire(new SessionEvent.SignInOvertaken(signIn.user().name(), work.now())));
        return new SignInOvertakenException();
    }

    /** Ends a session that has just been written, if all sessions of its user were ended meanwhile. */
    private void requireEpoch(UnitOfWork work, SignInRequest signIn, Token token, Epoch epoch) {
        if (work.epoch(token.user()).isRaisedFor(token.session(), epoch)) {
            terminator.terminate(work, RowKey.of(token), Ending.REVOKED);
            throw overtaken(work, signIn);
        }
    }

    /** Empty if the session that was presented cannot go on. */
    private Optional<LiveSession> again(UnitOfWork work, SignInRequest signIn, Token presented, Epoch epoch) {
        while (work.hasTime()) {
            Optional<VersionedRow> found = work.find(RowKey.of(presented));
            Optional<Active> row =
                    found.flatMap(VersionedRow::row).flatMap(any -> goingOn(work, any, presented, epoch));
            Optional<Integer> number = row.flatMap(active -> active.generation().next());
            if (number.isEmpty()) {
                return Optional.empty();
            }
            Token token = mint.successor(presented, number.get());
            Active next = signedInAgain(work, row.orElseThrow(), signIn, token);
            if (work.swap(RowKey.of(presented), found.orElseThrow(), next).isDone()) {
                requireEpoch(work, signIn, token, epoch);
                events.fire(new SessionEvent.Reauthenticated(
                        token.session().text(), next.user().name(), work.now()));
                return Optional.of(new LiveSession(token, next, work.now()));
            }
        }
        throw work.contended(RowKey.of(presented));
    }

    /**
     * A token that is only late will do: a form that was sent twice carries it. One that only a copy can hold will not.
     */
    private Optional<Active> goingOn(UnitOfWork work, SessionRow row, Token presented, Epoch epoch) {
        RotationDecision decision = rotation.decide(row, presented, RequestSource.UNKNOWN, work.moment());
        boolean isOwners = decision instanceof RotationDecision.Admission || decision instanceof RotationDecision.Late;
        return isOwners
                        && !ender.isLeft(presented, row)
                        && row instanceof Active active
                        && !epoch.ends(presented.session(), active)
                ? Optional.of(active)
                : Optional.empty();
    }

    private Active signedInAgain(UnitOfWork work, Active row, SignInRequest signIn, Token token) {
        Instant now = work.now();
        SessionPolicy limits = rotation.limits();
        return new Active(
                signIn.user(),
                row.times()
                        .authenticatedAt(
                                SignInSnapshot.provenAt(signIn.start(), now),
                                now,
                                limits.lifespan(signIn.isRemembered())),
                row.generation()
                        .replacedBy(
                                token.generation(),
                                token.hash(),
                                now,
                                limits.renewal().grace()),
                signIn.isRemembered(),
                work.excludingOwnWork(() -> BoundedMetadata.of(row.metadata(), now, signIn.contributors())));
    }

    /**
     * The new row is written first, so that a failure leaves the client what it had. A session that may have begun then
     * is ended: no client has its token, and it would take up a place.
     */
    private Optional<LiveSession> anew(UnitOfWork work, SignInRequest signIn, Token token, Epoch epoch) {
        if (!limitEnforcer.hasRoom(work, token.user())) {
            return Optional.empty();
        }
        Active row = first(work, signIn, token, epoch);
        try {
            return begins(work, signIn, token, row, epoch)
                    ? Optional.of(new LiveSession(token, row, work.now()))
                    : Optional.empty();
        } catch (PosternException e) {
            terminator.postponeIfThereIsRoom(work, RowKey.of(token), Ending.EVICTED);
            throw e;
        }
    }

    private boolean begins(UnitOfWork work, SignInRequest signIn, Token token, Active row, Epoch epoch) {
        if (!work.create(RowKey.of(token), row).isDone()) {
            throw work.contended(RowKey.of(token));
        }
        SessionEvent created = new SessionEvent.Created(
                token.session().text(), row.user().name(), row.times().created());
        work.excludingOwnWork(() -> events.fire(created));
        requireEpoch(work, signIn, token, epoch);
        boolean isKept = limitEnforcer.keeps(work, token);
        if (isKept) {
            signIn.presented().ifPresent(old -> ender.leave(work, old, Ending.REPLACED));
        }
        return isKept;
    }

    private Active first(UnitOfWork work, SignInRequest signIn, Token token, Epoch epoch) {
        Instant now = work.now();
        Instant start = now.isBefore(epoch.notBefore()) ? epoch.notBefore() : now; // a clock that went back (H-16)
        return new Active(
                signIn.user(),
                SessionTimes.startingAt(
                        start,
                        SignInSnapshot.provenAt(signIn.start(), start),
                        rotation.limits().lifespan(signIn.isRemembered())),
                Generation.first(token.hash(), start),
                signIn.isRemembered(),
                work.excludingOwnWork(() -> BoundedMetadata.of(Map.of(), start, signIn.contributors())));
    }
}
