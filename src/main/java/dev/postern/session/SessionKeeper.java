package dev.postern.session;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent.Rejected;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.ending.EndingRetrier;
import dev.postern.session.ending.PendingEndings;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.listing.SignedInUsers;
import dev.postern.session.listing.UserSessions;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.ClientHash;
import dev.postern.session.token.CsrfTokens;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.UserNames;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Begins, resumes and ends sessions: turns the rules into reads and swaps of rows. A swap that is lost is never
 * repeated blindly; the row is read and judged again.
 *
 * <p>Every method that asks the grid throws {@link PosternException} when it does not answer in time; what was about to
 * be written may have been written. Safe for concurrent use.
 */
public final class SessionKeeper {

    private static final Set<Ending> REVOKING = Set.of(Ending.REVOKED, Ending.REUSED, Ending.USER_GONE);

    private final RowStore rows;
    private final TokenMint mint;
    private final SessionTerminator terminator;
    private final EventPublisher events;
    private final SessionResumer resumer;
    private final SessionEnder ender;
    private final SessionStarter starter;
    private final MetadataUpdater updater;
    private final PendingEndings pending = new PendingEndings();
    private final Bulkhead bulkhead = new Bulkhead(UserSessions.LIMITS, Duration.ofSeconds(1));

    public SessionKeeper(RowStore rows, TokenMint mint, SessionPolicy limits, EventPublisher events) {
        this.rows = rows;
        this.mint = mint;
        this.events = events;
        this.terminator = new SessionTerminator(limits, events, pending);
        Rotation rotation = new Rotation(limits);
        this.resumer = new SessionResumer(rotation, mint, terminator, events);
        this.ender = new SessionEnder(rotation, new ResumeRefusals(events), terminator);
        this.starter = new SessionStarter(rotation, mint, terminator, events);
        this.updater = new MetadataUpdater(terminator);
    }

    /** The sessions of each user. */
    public UserSessions userSessions() {
        return new UserSessions(rows, mint, terminator, bulkhead);
    }

    /** All users with sessions. */
    public SignedInUsers signedInUsers() {
        return new SignedInUsers(rows);
    }

    /** The token in a text; empty if this cluster did not issue it for this application. Does not ask the grid. */
    public Optional<Token> recognise(String text) {
        return mint.parse(text);
    }

    /**
     * Whether the session of the token was ended by other means than by its own client: alone, with all others of its
     * user, as that of a copied token, or with its user. The token of a session that ran out or was signed out is none
     * of these.
     */
    public boolean isRevoked(Token token) {
        UnitOfWork work = rows.unitOfWork();
        Epoch epoch = work.epoch(token.user());
        Optional<SessionRow> row = work.find(RowKey.of(token)).flatMap(VersionedRow::row);
        if (row.orElse(null) instanceof Revoked revoked) {
            return REVOKING.contains(revoked.reason());
        }
        return row.orElse(null) instanceof Active active
                ? epoch.ends(token.session(), active)
                : !epoch.equals(Epoch.NONE); // an epoch may have ended it before it ran out
    }

    /**
     * The client that a request comes from, by the address that the server sees and by what it calls itself. Does not
     * ask the grid.
     */
    public ClientHash client(String address, String agent) {
        return mint.client(address, agent);
    }

    /** The values by which pages of the application show that they are. */
    public CsrfTokens csrfTokens() {
        return mint.csrfTokens();
    }

    /** Which names are one user's. */
    public UserNames names() {
        return mint.names();
    }

    /** How it is before an identity store is asked for a user of that name. */
    public SignInSnapshot start(String name) {
        UnitOfWork work = rows.unitOfWork();
        Handle user = mint.userHandle(name);
        return new SignInSnapshot(work.now(), user, work.epoch(user));
    }

    /**
     * Begins a session, or goes on with the one that was presented when it is the same user's. Either way the token is
     * new. Empty if the user has as many sessions as the limits allow, and these say that the new one has to give way.
     *
     * @throws SignInOvertakenException when all sessions of the user were ended since the sign-in's start, or end
     *     meanwhile
     */
    public Optional<LiveSession> begin(SignInRequest signIn) {
        return starter.begin(rows.unitOfWork(), signIn);
    }

    /** What a text that a client presents stands for now. One that this cluster did not issue is looked up nowhere. */
    public ResumeResult resume(String text, ResumeRequest request) {
        Optional<Token> token = mint.parse(text);
        if (token.isEmpty()) {
            events.reject(Rejected.Cause.MALFORMED, Optional.empty(), rows.now());
            return new ResumeResult.Malformed();
        }
        return resumer.resume(rows.unitOfWork(), token.get(), request);
    }

    /** Reports that a client presents several texts, of which none is valid. Does not ask the grid. */
    public void rejectDoubled() {
        events.reject(Rejected.Cause.DOUBLED, Optional.empty(), rows.now());
    }

    /**
     * Changes the session's metadata, and answers the session after the change; empty if it has ended by now. Does not
     * write when nothing would change.
     *
     * @throws IllegalArgumentException when the session would have more metadata than it keeps
     */
    public Optional<LiveSession> edit(LiveSession session, MetadataEdits edits) {
        return updater.save(rows.unitOfWork(), session.token(), edits);
    }

    /**
     * Throws {@link IllegalArgumentException} when the session as it was read would have more metadata than it keeps.
     */
    public void check(LiveSession session, MetadataEdits edits) {
        if (!rows.unitOfWork()
                .fits(session.row().withMetadata(edits.on(session.row().metadata())))) {
            throw new IllegalArgumentException("The session would be larger than a row can hold.");
        }
    }

    /**
     * Ends the session for good. A second call changes nothing. A session that reads as absent gets its tombstone too:
     * in the smaller part of a split it may exist elsewhere (D7). A copy ends what the limits say that it ends.
     *
     * <p>When this throws, the session is {@link #endLater ended later}.
     */
    public void end(Token token, Ending reason) {
        ender.leave(rows.unitOfWork(), token, reason);
    }

    /**
     * Ends the session as soon as the grid answers again, and refuses it on this node until then. Does not ask the
     * grid. Where stolen tokens are only refused it does nothing: it is unknown whether this token is stolen.
     */
    public void endLater(Token token, Ending reason) {
        ender.leaveLater(rows.unitOfWork(), token, reason);
    }

    /** Ends in the background what could not be ended. The namespace is in the name of its thread. */
    public EndingRetrier endingRetrier(String namespace) {
        return new EndingRetrier(pending, terminator, rows, namespace);
    }
}
