package dev.postern.session;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent.Rejected;
import dev.postern.session.SessionRow.Active;
import java.time.Duration;
import java.util.Optional;

/**
 * Begins, resumes and ends sessions: turns the rules into reads and swaps of rows. A swap that is lost is never repeated
 * blindly; the row is read and judged again.
 *
 * <p>Every method that asks the grid throws {@link PosternException} when it does not answer in time; what was about to be
 * written may have been written. Safe for concurrent use.
 */
public final class SessionKeeper {

    private final Rows rows;
    private final TokenMint mint;
    private final SessionEvents events;
    private final Resuming resuming;
    private final Leaving leaving;
    private final SigningIn signingIn;

    /** A keeper that tells the listener what happens. */
    public SessionKeeper(Rows rows, TokenMint mint, SessionLimits limits, SessionListener listener) {
        this.rows = rows;
        this.mint = mint;
        this.events = new SessionEvents(listener);
        Graveyard graveyard = new Graveyard(limits, events);
        Rotation rotation = new Rotation(limits);
        this.resuming = new Resuming(rotation, mint, graveyard, events);
        this.leaving = new Leaving(rotation, new Refusing(events), graveyard);
        this.signingIn = new SigningIn(rotation, mint, leaving, events);
    }

    /** The token in a text, or nothing when this cluster did not issue it for this application. Asks nobody. */
    public Optional<Token> recognise(String text) {
        return mint.parse(text);
    }

    /**
     * Begins a session, or goes on with the one that was presented when it is the same user's. Either way the token is one
     * that nobody has ever seen.
     */
    public LiveSession begin(SignIn signIn) {
        return signingIn.begin(rows.visit(), signIn);
    }

    /** What a text that a client presents stands for now. One that this cluster did not issue is looked up nowhere. */
    public Resumption resume(String text, Use use) {
        Optional<Token> token = mint.parse(text);
        if (token.isEmpty()) {
            events.reject(Rejected.Cause.MALFORMED, Optional.empty(), rows.now());
            return new Resumption.Malformed();
        }
        return resuming.resume(rows.visit(), token.get(), use);
    }

    /**
     * Ends the session for good. A second call changes nothing. A session that reads as absent gets its tombstone too: in
     * the smaller part of a split it may exist elsewhere (D7). A copy ends what the limits say that it ends.
     */
    public void end(Token token, Ending reason) {
        leaving.leave(rows.visit(), token, reason);
    }

    /**
     * How long the session whose row stands under the key lives from now unless it is used again; nothing when it is over.
     * Looking does not extend it.
     */
    public Optional<Duration> timeLeft(RowKey key) {
        Visit visit = rows.visit();
        return visit.find(key)
                .flatMap(Found::row)
                .filter(Active.class::isInstance)
                .map(row -> ((Active) row).times())
                .filter(times -> !times.areOver(visit.now()))
                .filter(times -> !times.created().isBefore(visit.epoch(key.epoch())))
                .map(times -> Duration.between(visit.now(), times.expires()));
    }
}
