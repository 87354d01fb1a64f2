package dev.postern.session.provider;

import dev.postern.PosternException;
import dev.postern.ProviderLogin;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.store.UnitOfWork.Change;
import dev.postern.session.token.TokenMint;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The names under which an identity provider knows the sessions: its subject, and its own session. Each name is a row
 * under the keyed hash of issuer and name, which lists the sessions here.
 *
 * <p>A sign-in writes its session first and then its names. The provider's logout first marks a name as ended and then
 * ends the sessions that the name lists. Both change the row of the name by compare-and-set: either the logout finds
 * the session, or the sign-in finds the mark.
 *
 * <p>Safe for concurrent use.
 */
public final class ProviderNames {

    private final TokenMint mint;

    /** Names under hashes of this mint. */
    public ProviderNames(TokenMint mint) {
        this.mint = mint;
    }

    /** The key of a subject of the provider. */
    RowKey subject(String issuer, String subject) {
        return key("provider subject", issuer, subject);
    }

    /** The key of a session of the provider. */
    RowKey session(String issuer, String session) {
        return key("provider session", issuer, session);
    }

    /** The key of a logout token of the provider. */
    RowKey token(String issuer, String id) {
        return key("provider token", issuer, id);
    }

    private RowKey key(String kind, String issuer, String name) {
        return RowKey.provider(mint.handle(kind, issuer.length() + " " + issuer + name));
    }

    /**
     * Enters the session under its names. False if the provider has ended one of them: its own session at any time, or
     * the subject's sessions since it proved the user. False too if a name has too many users.
     */
    public boolean add(UnitOfWork work, ProviderLogin login, RowKey session, Instant until) {
        boolean isSessionOpen = login.session()
                .map(id -> add(work, session(login.issuer(), id), session, until, ProviderName::isEnded))
                .orElse(true);
        return isSessionOpen
                && add(work, subject(login.issuer(), login.subject()), session, until, name -> !login.issuedAt()
                        .isAfter(name.ended()));
    }

    private static boolean add(
            UnitOfWork work, RowKey key, RowKey session, Instant until, Predicate<ProviderName> isOver) {
        return work.update(key, found -> {
            ProviderName name = found.map(row -> read(row).orElseGet(() -> unreadable(session, until)))
                    .orElse(ProviderName.UNKNOWN);
            return Optional.of(name)
                    .filter(isOver.negate())
                    .flatMap(open -> open.with(session, until, work.now()))
                    .map(next -> Change.write(next, outcome -> true))
                    .orElseGet(() -> Change.none(false));
        });
    }

    /** Sessions of the user may be missing in the row: the provider ends them all. */
    private static ProviderName unreadable(RowKey session, Instant until) {
        return ProviderName.UNKNOWN
                .with(RowKey.epoch(session.user().orElseThrow()), until, Instant.EPOCH)
                .orElseThrow();
    }

    /**
     * Marks the name as ended by the provider.
     *
     * @throws PosternException also if the row cannot be read, because it is unknown then which sessions it lists
     */
    ProviderName end(UnitOfWork work, RowKey key, Instant at) {
        return work.update(key, found -> {
            ProviderName name = found.map(row -> read(row).orElseThrow(() -> unreadable(key)))
                    .orElse(ProviderName.UNKNOWN)
                    .endedAt(at);
            return Change.write(name, outcome -> name);
        });
    }

    private static PosternException unreadable(RowKey key) {
        return new PosternException(
                "The row " + key + " cannot be read, so it is unknown which sessions the identity provider ends.");
    }

    private static Optional<ProviderName> read(VersionedRow found) {
        return found.row().filter(ProviderName.class::isInstance).map(ProviderName.class::cast);
    }

    /** The row of a logout token that has done its work. It is kept for longer than the token is accepted. */
    static ProviderName used(Instant expiresAt) {
        return new ProviderName(new TreeMap<>(), expiresAt);
    }
}
