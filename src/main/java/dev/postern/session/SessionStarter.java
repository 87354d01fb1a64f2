package dev.postern.session;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.ProviderLogin;
import dev.postern.SessionEvent;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.Generation;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.provider.ProviderNames;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.RotationDecision;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.Failures;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.store.UnitOfWork.Change;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Begins sessions. A user who signs in again in the same client keeps the session under a new token; the old token is
 * invalid at once. Another user gets a new session, and the presented one ends.
 *
 * <p>If all sessions of a user are ended during a sign-in, the sign-in leaves no session. Ending them writes the epoch
 * first and then looks for sessions. A sign-in writes its session first and then reads the epoch. So one of the two
 * sees the other.
 *
 * <p>Safe for concurrent use.
 */
final class SessionStarter {

    private final Rotation rotation;
    private final TokenMint mint;
    private final SessionTerminator terminator;
    private final SessionEnder ender;
    private final SessionLimitEnforcer limitEnforcer;
    private final ProviderNames provider;
    private final EventPublisher events;

    SessionStarter(
            Rotation rotation,
            TokenMint mint,
            SessionTerminator terminator,
            SessionEnder ender,
            EventPublisher events) {
        this.rotation = rotation;
        this.mint = mint;
        this.terminator = terminator;
        this.ender = ender;
        this.limitEnforcer = new SessionLimitEnforcer(rotation.policy().perUser(), terminator);
        this.provider = new ProviderNames(mint);
        this.events = events;
    }

    /**
     * Begins a session, or continues the presented one. Empty if the limit per user refuses the sign-in.
     *
     * @throws SignInOvertakenException if all sessions of the user were ended meanwhile
     */
    Optional<LiveSession> begin(UnitOfWork work, SignInRequest signIn) {
        Handle user = mint.userHandle(signIn.user().name());
        Epoch epoch = work.epochBeforeRows(user);
        if (signIn.start().filter(start -> start.isBefore(epoch, user)).isPresent()) {
            throw overtaken(work, signIn);
        }
        return signIn.presented()
                .filter(token -> token.user().equals(user))
                .flatMap(token -> reauthenticate(work, signIn, token, epoch))
                .or(() -> beginNew(work, signIn, mint.first(user), epoch))
                .or(() -> refuse(work, signIn));
    }

    private Optional<LiveSession> refuse(UnitOfWork work, SignInRequest signIn) {
        events.fire(new SessionEvent.Refused(signIn.user().name(), work.now()));
        return Optional.empty();
    }

    private SignInOvertakenException overtaken(UnitOfWork work, SignInRequest signIn) {
        work.excludingOwnWork(
                () -> events.fire(new SessionEvent.SignInOvertaken(signIn.user().name(), work.now())));
        return new SignInOvertakenException();
    }

    /** Ends the session that was just written, if all sessions of its user were ended meanwhile. */
    private void requireSameEpoch(UnitOfWork work, SignInRequest signIn, Token token, Epoch epoch) {
        if (work.epoch(token.user()).isRaisedFor(token.session(), epoch)) {
            terminator.end(work, RowKey.of(token), Ending.REVOKED);
            throw overtaken(work, signIn);
        }
    }

    /**
     * Ends the session that was just written, if its identity provider has said meanwhile that the user has signed out
     * there. The names at the provider are changed by compare-and-set here and there, so one of the two sees the other.
     */
    private void requireSignedInAtProvider(UnitOfWork work, SignInRequest signIn, Token token, Active row) {
        if (!provider.add(work, RowKey.of(token), row)) {
            terminator.end(work, RowKey.of(token), Ending.SIGNED_OUT_AT_PROVIDER);
            throw overtaken(work, signIn);
        }
    }

    /** Continues the presented session under a new token; empty if it cannot go on. */
    private Optional<LiveSession> reauthenticate(UnitOfWork work, SignInRequest signIn, Token presented, Epoch epoch) {
        Optional<LiveSession> session = work.update(
                RowKey.of(presented),
                found -> found.flatMap(VersionedRow::row)
                        .flatMap(row -> ifContinued(work, row, presented, epoch))
                        .map(row -> reauthenticated(work, signIn, presented, row))
                        .orElseGet(() -> Change.none(Optional.empty())));
        session.ifPresent(live -> {
            work.dropCopies(live.key());
            requireSameEpoch(work, signIn, live.token(), epoch);
            requireSignedInAtProvider(work, signIn, live.token(), live.row());
            events.fire(new SessionEvent.Reauthenticated(
                    live.handle().text(), live.row().user().name(), work.now()));
        });
        return session;
    }

    /** A late token will do, because a form that was sent twice carries one. A stolen token will not. */
    private Optional<Active> ifContinued(UnitOfWork work, SessionRow row, Token presented, Epoch epoch) {
        RotationDecision decision = rotation.decide(row, presented, RequestSource.UNKNOWN, work.time());
        return decision instanceof RotationDecision.Admission || decision instanceof RotationDecision.Late
                ? row.ifAlive(presented.session(), epoch, work.now())
                : Optional.empty();
    }

    private Change<Optional<LiveSession>> reauthenticated(
            UnitOfWork work, SignInRequest signIn, Token presented, Active row) {
        Optional<Integer> number = row.generation().next();
        if (number.isEmpty()) {
            return Change.none(Optional.empty());
        }
        Token token = mint.successor(presented, number.get());
        Active next = reauthenticatedRow(work, row, signIn, token);
        return Change.write(next, outcome -> Optional.of(new LiveSession(token, next, work.now())));
    }

    private Active reauthenticatedRow(UnitOfWork work, Active row, SignInRequest signIn, Token token) {
        Instant now = work.now();
        SessionPolicy policy = rotation.policy();
        return new Active(
                stillOfProvider(row.user(), signIn.user()),
                row.times()
                        .authenticatedAt(
                                SignInSnapshot.authenticatedAt(signIn.start(), now),
                                now,
                                policy.lifespan(signIn.isRemembered())),
                signIn.methods(),
                row.generation()
                        .replacedBy(
                                token.generation(),
                                token.hash(),
                                now,
                                policy.renewal().grace()),
                signIn.isRemembered(),
                work.excludingOwnWork(() -> BoundedMetadata.of(row.metadata(), now, signIn.contributors())));
    }

    /** The user who has signed in again: without a provider, the former sign-in at one stays with the session. */
    private static SessionUser stillOfProvider(SessionUser former, SessionUser user) {
        Optional<ProviderLogin> login = ProviderLogin.in(former.attributes());
        if (login.isEmpty() || ProviderLogin.in(user.attributes()).isPresent()) {
            return user;
        }
        Map<String, String> attributes = new HashMap<>(user.attributes());
        attributes.putAll(login.get().attributes());
        return new SessionUser(user.name(), user.roles(), attributes);
    }

    /**
     * Begins a new session; empty if the limit per user refuses it.
     *
     * <p>The new row is written before the presented session ends, so a failure leaves the client what it had. It may
     * also leave a session for which no client has a token. That one is ended, because it counts for the limit.
     */
    private Optional<LiveSession> beginNew(UnitOfWork work, SignInRequest signIn, Token token, Epoch epoch) {
        if (!limitEnforcer.hasRoom(work, token.user())) {
            return Optional.empty();
        }
        Active row = newRow(work, signIn, token, epoch);
        try {
            return create(work, signIn, token, row, epoch)
                    ? Optional.of(new LiveSession(token, row, work.now()))
                    : Optional.empty();
        } catch (PosternException e) {
            terminator.endLaterIfThereIsRoom(work, Set.of(RowKey.of(token)), Ending.EVICTED);
            throw e;
        }
    }

    /** False if the limit per user ended the new session at once. */
    private boolean create(UnitOfWork work, SignInRequest signIn, Token token, Active row, Epoch epoch) {
        if (!work.create(RowKey.of(token), row).isDone()) {
            throw UnitOfWork.contended(RowKey.of(token));
        }
        SessionEvent created = new SessionEvent.Created(
                token.session().text(), row.user().name(), row.times().created());
        work.excludingOwnWork(() -> events.fire(created));
        requireSameEpoch(work, signIn, token, epoch);
        requireSignedInAtProvider(work, signIn, token, row);
        return endFormer(work, signIn, token);
    }

    /**
     * Ends the sessions beyond the limit, and the presented one. False if the limit ended the new session.
     *
     * <p>It is enough that no node accepts them. A database beside the grid may get their ends later, because the
     * answer to a sign-in acknowledges none of them.
     */
    private boolean endFormer(UnitOfWork work, SignInRequest signIn, Token begun) {
        Failures notThrown = new Failures();
        boolean isKept = limitEnforcer.enforce(work, begun, notThrown);
        if (isKept) {
            signIn.presented().ifPresent(old -> notThrown.runInGrid(() -> ender.end(work, old, Ending.REPLACED)));
        }
        return isKept;
    }

    private Active newRow(UnitOfWork work, SignInRequest signIn, Token token, Epoch epoch) {
        Instant now = work.now();
        Instant start = now.isBefore(epoch.notBefore()) ? epoch.notBefore() : now; // a clock that went back (H-16)
        return new Active(
                signIn.user(),
                SessionTimes.startingAt(
                        start,
                        SignInSnapshot.authenticatedAt(signIn.start(), start),
                        rotation.policy().lifespan(signIn.isRemembered())),
                signIn.methods(),
                Generation.first(token.hash(), start),
                signIn.isRemembered(),
                work.excludingOwnWork(() -> BoundedMetadata.of(Map.of(), start, signIn.contributors())));
    }
}
