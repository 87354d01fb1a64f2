package dev.postern.session;

import dev.postern.PosternException;
import dev.postern.session.SessionRow.Active;
import dev.postern.session.SessionRow.Epoch;
import dev.postern.session.SessionRow.Revoked;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Begins, resumes and ends sessions: turns the rules into reads and swaps of rows. A swap that is lost is never repeated
 * blindly; the row is read and judged again.
 *
 * <p>Every method throws {@link PosternException} when the grid does not answer in time; what it was about to write may
 * have been written. Safe for concurrent use.
 */
public final class SessionKeeper {

    private static final Logger LOG = System.getLogger(SessionKeeper.class.getName());

    /** How often a lost swap is decided again; each loss means that somebody else has just written the row. */
    private static final int TRIES = 8;

    private final Rows rows;
    private final TokenMint mint;
    private final SessionLimits limits;

    public SessionKeeper(Rows rows, TokenMint mint, SessionLimits limits) {
        this.rows = rows;
        this.mint = mint;
        this.limits = limits;
    }

    /** The token in a text, or nothing when this cluster did not issue it for this application. Asks nobody. */
    public Optional<Token> recognise(String text) {
        return mint.parse(text);
    }

    /**
     * Begins a session of its own, with a token that has never been seen, and ends the one that was presented. The new row
     * is written first, so that a failure leaves the client what it had.
     */
    public LiveSession begin(SignIn signIn) {
        Visit visit = rows.visit();
        Token token = mint.first(mint.userHandle(signIn.user().name()));
        Instant start = startAfterEpoch(visit, token);
        Active row = new Active(
                signIn.user(),
                Times.startingAt(start, limits.lifespan(signIn.isRemembered())),
                Generation.first(token.hash(), start),
                signIn.isRemembered(),
                contributed(signIn, start));
        if (!visit.create(token.key(), row)) {
            throw visit.gaveUp(token.key());
        }
        signIn.presented().ifPresent(old -> bury(visit, old.key(), Ending.REPLACED));
        return new LiveSession(token, row);
    }

    /** What the token stands for now. A use that counts is written down, at most once in the time that the limits say. */
    public Resumption resume(Token token, Use use) {
        Visit visit = rows.visit();
        return visit.find(token.key())
                .map(found -> judge(visit, token, found, use))
                .orElseGet(Resumption.Absent::new);
    }

    /**
     * Ends the session for good. A second call changes nothing. A session that reads as absent gets its tombstone too: in
     * the smaller part of a split it may exist elsewhere (D7).
     */
    public void end(Token token, Ending reason) {
        bury(rows.visit(), token.key(), reason);
    }

    private Resumption judge(Visit visit, Token token, Found found, Use use) {
        SessionRow row = found.row().orElse(null);
        if (row instanceof Revoked revoked) {
            return new Resumption.Over(revoked.reason());
        }
        if (!(row instanceof Active active)) {
            LOG.log(Level.WARNING, "The row of session {0} cannot be read; it counts as no session.", token.session());
            return new Resumption.Absent();
        }
        if (active.times().areOver(visit.now())) {
            return new Resumption.Over(Ending.EXPIRED);
        }
        if (!isCurrent(token, active.generation())) {
            return new Resumption.Refused();
        }
        boolean isDue = !visit.now().isBefore(active.times().lastSeen().plus(limits.touchEvery()));
        return use == Use.ACTIVE && isDue ? touch(visit, token, found, active) : live(token, active);
    }

    private static boolean isCurrent(Token token, Generation generation) {
        return token.generation() == generation.number() && token.hash().equals(generation.current());
    }

    /** A touch that loses its swap is dropped: somebody else has just written the row, and that row is judged. */
    private Resumption touch(Visit visit, Token token, Found found, Active active) {
        if (active.times().created().isBefore(epoch(visit, token))) {
            bury(visit, token.key(), Ending.REVOKED);
            return new Resumption.Over(Ending.REVOKED);
        }
        Active touched = active.withTimes(active.times()
                .usedAt(visit.now(), limits.lifespan(active.isRemembered()).idle()));
        if (visit.swap(token.key(), found, touched)) {
            return live(token, touched);
        }
        return visit.find(token.key())
                .map(changed -> judge(visit, token, changed, Use.PASSIVE))
                .orElseGet(Resumption.Absent::new);
    }

    private static Resumption live(Token token, Active row) {
        return new Resumption.Live(new LiveSession(token, row));
    }

    private void bury(Visit visit, RowKey key, Ending reason) {
        for (int left = TRIES; left > 0; left--) {
            Optional<Found> found = visit.find(key);
            if (found.flatMap(Found::row).orElse(null) instanceof Revoked) {
                return;
            }
            Revoked tombstone = tombstone(visit, found, reason);
            if (found.isPresent() ? visit.swap(key, found.get(), tombstone) : visit.create(key, tombstone)) {
                return;
            }
        }
        throw visit.gaveUp(key);
    }

    private Revoked tombstone(Visit visit, Optional<Found> found, Ending reason) {
        Instant latest = visit.now().plus(limits.longestAbsolute());
        Instant absolute = found.flatMap(Found::row).orElse(null) instanceof Active active
                ? active.times().absoluteDeadline()
                : latest;
        return new Revoked(visit.now(), reason, absolute);
    }

    private Map<String, String> contributed(SignIn signIn, Instant start) {
        Draft draft = new Draft(Map.of(), start);
        signIn.contributors().accept(draft);
        return draft.entries();
    }

    /** A clock that went back must not let a new session begin before the user's epoch, or it would be over at once. */
    private Instant startAfterEpoch(Visit visit, Token token) {
        Instant epoch = epoch(visit, token);
        return visit.now().isBefore(epoch) ? epoch : visit.now();
    }

    private static Instant epoch(Visit visit, Token token) {
        Optional<Found> found = visit.find(RowKey.epoch(token.user()));
        if (found.isEmpty()) {
            return Instant.MIN;
        }
        if (found.get().row().orElse(null) instanceof Epoch epoch) {
            return epoch.notBefore();
        }
        throw new PosternException("The epoch of a user cannot be read, so nobody knows which sessions count.");
    }
}
