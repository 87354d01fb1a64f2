package dev.postern.session;

import dev.postern.SessionEvent;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.HalfWay;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.store.UnitOfWork.Change;
import dev.postern.session.token.HalfWayToken;
import dev.postern.session.token.Handle;
import dev.postern.session.token.TokenMint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Sign-ins whose first factor was right, and which lack the second. None of them is a session, counts for a limit of
 * sessions, or is in a list.
 *
 * <p>Each may have {@value HalfWay#MOST_ATTEMPTS} attempts, and is completed once: of two completions at the same
 * moment one wins. It is void once all sessions of its user have been ended.
 *
 * <p>Every method throws {@link dev.postern.PosternException} if the grid does not answer in time. Safe for concurrent
 * use.
 */
public final class HalfWaySignIns {

    private final RowStore rows;
    private final TokenMint mint;
    private final EventPublisher events;

    HalfWaySignIns(RowStore rows, TokenMint mint, EventPublisher events) {
        this.rows = rows;
        this.mint = mint;
        this.events = events;
    }

    /**
     * A sign-in that lacks its second factor, as it was written or read.
     *
     * <p>Immutable.
     */
    public record Found(HalfWayToken token, HalfWay row, Instant at) {

        /** The state from which the session begins: a later end of all sessions refuses it. */
        public SignInSnapshot snapshot() {
            return new SignInSnapshot(at, token.user(), new Epoch(row.epoch(), Optional.empty()));
        }

        private RowKey key() {
            return RowKey.halfWay(token);
        }
    }

    /**
     * Begins one, after the first factor.
     *
     * @param first what is known of the sign-in so far; the presented token and the contributors are not used
     * @param within how long the user has for the second factor
     * @throws SignInOvertakenException if all sessions of the user have been ended since the sign-in's start
     */
    public Found begin(SignInRequest first, Duration within) {
        UnitOfWork work = rows.unitOfWork();
        Handle user = mint.userHandle(first.user().name());
        Epoch epoch = work.epoch(user);
        if (first.start().filter(start -> start.isBefore(epoch, user)).isPresent()) {
            work.excludingOwnWork(() ->
                    events.fire(new SessionEvent.SignInOvertaken(first.user().name(), work.now())));
            throw new SignInOvertakenException();
        }
        HalfWay row = new HalfWay(
                first.user(),
                first.methods(),
                first.isRemembered(),
                epoch.notBefore(),
                work.now().plus(within),
                new HalfWay.Progress(0, false, mint.draw()));
        Found begun = new Found(mint.halfWay(user), row, work.now());
        if (!work.create(begun.key(), row).isDone()) {
            throw UnitOfWork.contended(begun.key());
        }
        return begun;
    }

    /** The token in a text; empty if this cluster did not issue it for a half-way sign-in. Does not ask the grid. */
    public Optional<HalfWayToken> recognise(String text) {
        return mint.parseHalfWay(text);
    }

    /** The sign-in of the token; empty if it is over or void, or has no attempt left. */
    public Optional<Found> find(HalfWayToken token) {
        UnitOfWork work = rows.unitOfWork();
        return work.find(RowKey.halfWay(token))
                .flatMap(HalfWaySignIns::row)
                .filter(row -> row.hasAttempt(work.now()))
                .filter(row -> !row.isVoid(work.epoch(token.user())))
                .map(row -> new Found(token, row, work.now()));
    }

    /** Begins an attempt, before the second factor is checked. False if none is left, or the sign-in is over. */
    public boolean attempt(Found signIn) {
        return change(signIn.key(), row -> row.hasAttempt(rows.now()), row -> row.tried(mint.draw()));
    }

    /** Uses the sign-in up, after the second factor was right. False if another call has done so, or if it is over. */
    public boolean complete(Found signIn) {
        return change(signIn.key(), row -> row.isGoingOn(rows.now()), row -> row.over(mint.draw()));
    }

    /** Gives the sign-in of the token up. Idempotent. */
    public void end(HalfWayToken token) {
        boolean unused = change(RowKey.halfWay(token), row -> row.isGoingOn(rows.now()), row -> row.over(mint.draw()));
    }

    private boolean change(RowKey key, Predicate<HalfWay> isPossible, UnaryOperator<HalfWay> next) {
        return rows.unitOfWork()
                .update(
                        key,
                        found -> found.flatMap(HalfWaySignIns::row)
                                .filter(isPossible)
                                .map(row -> Change.write(next.apply(row), outcome -> true))
                                .orElseGet(() -> Change.none(false)));
    }

    private static Optional<HalfWay> row(VersionedRow found) {
        return found.row().filter(HalfWay.class::isInstance).map(HalfWay.class::cast);
    }
}
