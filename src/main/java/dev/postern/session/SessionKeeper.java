package dev.postern.session;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent.Rejected;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.ending.EndingRetrier;
import dev.postern.session.ending.PendingEndings;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.listing.SignedInUsers;
import dev.postern.session.listing.UserSessions;
import dev.postern.session.provider.ProviderLogouts;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.store.UnitOfWork.Change;
import dev.postern.session.token.ClientHash;
import dev.postern.session.token.CsrfTokens;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.UserNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The way in to the use cases: begins, resumes, edits and ends sessions.
 *
 * <p>Every method that asks the grid throws {@link PosternException} if it does not answer in time. Its write may have
 * happened then. A write that is lost to another request is never repeated blindly: the row is read and decided on
 * again.
 *
 * <p>Safe for concurrent use.
 */
public final class SessionKeeper {

    private static final Set<Ending> REVOKING =
            Set.of(Ending.REVOKED, Ending.REUSED, Ending.USER_GONE, Ending.SIGNED_OUT_AT_PROVIDER);

    private final RowStore rows;
    private final Optional<SessionCopies> copies;
    private final TokenMint mint;
    private final SessionTerminator terminator;
    private final EventPublisher events;
    private final SessionResumer resumer;
    private final SessionEnder ender;
    private final SessionStarter starter;
    private final PendingEndings pending = new PendingEndings();
    private final Bulkhead bulkhead = new Bulkhead(UserSessions.LIMITS, Duration.ofSeconds(1));

    /** A keeper of the sessions in these rows, of which no node has copies. It fires all events at the publisher. */
    public SessionKeeper(RowStore rows, TokenMint mint, SessionPolicy policy, EventPublisher events) {
        this(rows, Optional.empty(), mint, policy, events);
    }

    /** A keeper of the sessions in these rows, of which this node may have copies. */
    public SessionKeeper(
            RowStore rows,
            Optional<SessionCopies> copies,
            TokenMint mint,
            SessionPolicy policy,
            EventPublisher events) {
        this.rows = copies.map(rows::with).orElse(rows).with(pending);
        this.copies = copies;
        this.mint = mint;
        this.events = events;
        this.terminator = new SessionTerminator(policy, events, pending);
        Rotation rotation = new Rotation(policy);
        this.resumer = new SessionResumer(rotation, mint, terminator, events, copies);
        this.ender = new SessionEnder(rotation, new ResumeRefusals(events), terminator);
        this.starter = new SessionStarter(rotation, mint, terminator, ender, events);
    }

    /** The sessions of each user. */
    public UserSessions userSessions() {
        return new UserSessions(rows, mint, terminator, bulkhead);
    }

    /** What the identity provider ends. */
    public ProviderLogouts providerLogouts() {
        return new ProviderLogouts(rows, mint, terminator, userSessions());
    }

    /** The sign-ins that lack their second factor. */
    public HalfWaySignIns halfWaySignIns() {
        return new HalfWaySignIns(rows, mint, events);
    }

    /** All users who have living sessions. */
    public SignedInUsers signedInUsers() {
        return new SignedInUsers(rows);
    }

    /** The token in a text; empty if this cluster did not issue it for this application. Does not ask the grid. */
    public Optional<Token> recognise(String text) {
        return mint.parse(text);
    }

    /**
     * Whether the session of the token was revoked: by another session or an administrator, by the identity provider,
     * for reuse, or because the user is gone. False if it expired, was signed out, or is alive.
     */
    public boolean isRevoked(Token token) {
        UnitOfWork work = rows.unitOfWork();
        Epoch epoch = work.epoch(token.user());
        return work.find(RowKey.of(token))
                .flatMap(VersionedRow::row)
                .map(row -> row.ending(token.session(), epoch, work.now())
                        .filter(REVOKING::contains)
                        .isPresent())
                .orElse(!Epoch.isNone(epoch)); // an epoch may have ended it before its row was removed
    }

    /** The client that a request comes from, by its address and its user agent. Does not ask the grid. */
    public ClientHash client(String address, String agent) {
        return mint.client(address, agent);
    }

    /** The CSRF tokens of sessions. */
    public CsrfTokens csrfTokens() {
        return mint.csrfTokens();
    }

    /** Decides which names belong to one user. */
    public UserNames names() {
        return mint.names();
    }

    /** A snapshot to take before an identity store is asked for a user of that name. */
    public SignInSnapshot start(String name) {
        UnitOfWork work = rows.unitOfWork();
        Handle user = mint.userHandle(name);
        return new SignInSnapshot(work.now(), user, work.epochBeforeRows(user));
    }

    /**
     * Begins a session, or continues the presented one if it is the same user's. Either way the token is new. Empty if
     * the limit per user refuses the sign-in.
     *
     * @throws SignInOvertakenException if all sessions of the user have been ended since the sign-in's start
     */
    public Optional<LiveSession> begin(SignInRequest signIn) {
        return starter.begin(rows.unitOfWork(), signIn);
    }

    /** Like {@link #resume(String, Supplier)}. */
    public ResumeResult resume(String text, ResumeRequest request) {
        return resume(text, () -> request);
    }

    /**
     * Resumes the session of the token in a text. A text that this cluster did not issue causes no look-up.
     *
     * @param request is asked only if the session is not accepted by a copy of this node
     */
    public ResumeResult resume(String text, Supplier<ResumeRequest> request) {
        return byCopy(text).orElseGet(() -> byRow(text, request));
    }

    /** A text that a copy recognises was verified before. */
    private Optional<ResumeResult> byCopy(String text) {
        if (copies.isEmpty()) {
            return Optional.empty();
        }
        Instant now = rows.now();
        return copies.get().find(text, now).map(found -> {
            Active row = found.row();
            return new ResumeResult.Live(
                    new LiveSession(found.token(), row, now, row.user(), found.roles()), Optional.empty());
        });
    }

    private ResumeResult byRow(String text, Supplier<ResumeRequest> request) {
        Optional<Token> token = mint.parse(text);
        if (token.isEmpty()) {
            events.reject(Rejected.Cause.MALFORMED, Optional.empty(), rows.now());
            return new ResumeResult.Malformed();
        }
        return resumer.resume(rows.unitOfWork(), token.get(), request.get());
    }

    /** Reports that a client presents several texts, and that none of them is used. Does not ask the grid. */
    public void rejectDoubled() {
        events.reject(Rejected.Cause.DOUBLED, Optional.empty(), rows.now());
    }

    /**
     * Changes the session's metadata. Returns the session after the change; empty if it is over (H-08). If another
     * request writes meanwhile, the changes are made on its result. Writes only if something changes.
     *
     * @throws IllegalArgumentException if the session would have more metadata than it may have
     */
    public Optional<LiveSession> edit(LiveSession session, MetadataEdits edits) {
        UnitOfWork work = rows.unitOfWork();
        return work.update(
                session.key(),
                found -> found.flatMap(VersionedRow::row)
                        .flatMap(row -> row.ifAlive(session.handle(), Epoch.NONE, work.now()))
                        .map(row -> edited(work, new LiveSession(session.token(), row, work.now()), edits))
                        .orElseGet(() -> Change.none(Optional.empty())));
    }

    private static Change<Optional<LiveSession>> edited(UnitOfWork work, LiveSession session, MetadataEdits edits) {
        Active next = session.row().withMetadata(edits.on(session.row().metadata()));
        return next.equals(session.row())
                ? Change.none(Optional.of(session))
                : Change.write(next, outcome -> {
                    work.dropCopies(session.key());
                    return Optional.of(new LiveSession(session.token(), next, session.at()));
                });
    }

    /**
     * Checks that the session, as it was read, may have this metadata.
     *
     * @throws IllegalArgumentException if it may not
     */
    public void check(LiveSession session, MetadataEdits edits) {
        if (!rows.unitOfWork()
                .fits(session.row().withMetadata(edits.on(session.row().metadata())))) {
            throw new IllegalArgumentException("The session would be larger than a row can hold.");
        }
    }

    /**
     * Ends the session for good. Idempotent. A session that reads as absent gets its tombstone too: in the smaller part
     * of a split it may exist elsewhere (D7). With a stolen token it ends only what the policy says.
     *
     * <p>If this throws, the session is {@linkplain #endLater ended later}.
     */
    public void end(Token token, Ending reason) {
        ender.end(rows.unitOfWork(), token, reason);
    }

    /**
     * Ends the session as soon as the grid answers again, and refuses it on this node until then. Does not ask the
     * grid. Does nothing if the policy only refuses stolen tokens: it is unknown whether this one is stolen.
     */
    public void endLater(Token token, Ending reason) {
        ender.endLater(rows.unitOfWork(), token, reason);
    }

    /** A retrier of pending endings, which is not started yet. The namespace is in the name of its thread. */
    public EndingRetrier endingRetrier(String namespace) {
        return new EndingRetrier(pending, terminator, rows, namespace);
    }
}
