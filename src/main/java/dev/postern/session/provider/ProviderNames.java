package dev.postern.session.provider;

import dev.postern.PosternException;
import dev.postern.ProviderLogin;
import dev.postern.session.provider.ProviderLogouts.Notice;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.Failures;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.store.UnitOfWork.Change;
import dev.postern.session.token.Handle;
import dev.postern.session.token.TokenMint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The names under which an identity provider knows the sessions: its subject, and its own session. A sign-in that names
 * no such session has a name for that, because a logout that names one may mean it too. Each name is a row
 * under the keyed hash of issuer and name, which lists the sessions here.
 *
 * <p>A sign-in writes its session first and then its names. The provider's logout first marks a name as ended and then
 * ends the sessions that the name lists. Both change the row of the name by compare-and-set: either the logout finds
 * the session, or the sign-in finds the mark. A session enters its names again each time that its use is written down:
 * a name may be lost with too many nodes, or come from a part of the cluster that did not know the session.
 *
 * <p>Safe for concurrent use.
 */
public final class ProviderNames {

    /** Longer than a use may take from the look at these names to the write that prolongs the session. */
    private static final Duration LONGEST_USE = Duration.ofMinutes(1);

    private final TokenMint mint;

    /** Names under hashes of this mint. */
    public ProviderNames(TokenMint mint) {
        this.mint = mint;
    }

    /** The key of all sign-ins of a subject. */
    private RowKey subject(String issuer, String subject) {
        return key("provider subject", issuer, subject);
    }

    /** The key of the sign-ins of a subject that name no session of the provider. */
    private RowKey withoutSession(String issuer, String subject) {
        return key("provider subject without session", issuer, subject);
    }

    /** The key of a session of the provider. */
    private RowKey session(String issuer, String session) {
        return key("provider session", issuer, session);
    }

    /** The key of a logout token of the provider. */
    RowKey token(String issuer, String id) {
        return RowKey.providerToken(handle("provider token", issuer, id));
    }

    private RowKey key(String kind, String issuer, String name) {
        return RowKey.provider(handle(kind, issuer, name));
    }

    private Handle handle(String kind, String issuer, String name) {
        return mint.handle(kind, issuer.length() + " " + issuer + name);
    }

    /** The names of a sign-in. */
    private List<RowKey> names(ProviderLogin login) {
        return List.of(
                login.session()
                        .map(id -> session(login.issuer(), id))
                        .orElseGet(() -> withoutSession(login.issuer(), login.subject())),
                subject(login.issuer(), login.subject()));
    }

    /** The names that a logout ends. */
    List<RowKey> names(Notice notice) {
        Optional<RowKey> session = notice.session().map(id -> session(notice.issuer(), id));
        Optional<RowKey> subject = notice.subject()
                .map(id -> session.isEmpty() ? subject(notice.issuer(), id) : withoutSession(notice.issuer(), id));
        return Stream.of(session, subject).flatMap(Optional::stream).toList();
    }

    /**
     * Enters the session under its names, if a provider has proven its user. False if the provider has ended one of
     * them since, or if a name has too many users. Idempotent: writes only what is missing.
     *
     * @throws PosternException also if a name cannot be read, because it is unknown then whether it was ended
     */
    public boolean add(UnitOfWork work, RowKey session, Active row) {
        return ProviderLogin.in(row.user().attributes())
                .map(login -> add(work, login, session, row.times().absoluteDeadline()))
                .orElse(true);
    }

    /** Reads all names at once, because each may have to come from a database. */
    private boolean add(UnitOfWork work, ProviderLogin login, RowKey session, Instant until) {
        List<RowKey> names = names(login);
        Map<RowKey, VersionedRow> found = work.findAll(names);
        return names.stream()
                .allMatch(name -> add(work, name, Optional.ofNullable(found.get(name)), login, session, until));
    }

    private static boolean add(
            UnitOfWork work,
            RowKey key,
            Optional<VersionedRow> first,
            ProviderLogin login,
            RowKey session,
            Instant until) {
        return work.update(key, first, found -> {
            ProviderName name = read(key, found);
            return Optional.of(name)
                    .filter(open -> login.issuedAt().isAfter(open.ended()))
                    .map(open -> withRoom(work, open, session))
                    .flatMap(open -> open.with(session, until, work.now()))
                    .map(next -> next.equals(name) ? Change.none(true) : Change.write(next, outcome -> true))
                    .orElseGet(() -> Change.none(false));
        });
    }

    /**
     * The name without the sessions that are over, if it would list too many with this one. A session that is missing
     * here and lives in another part of the cluster is entered again.
     */
    private static ProviderName withRoom(UnitOfWork work, ProviderName name, RowKey session) {
        if (name.named().size() < ProviderName.MOST || name.named().containsKey(session)) {
            return name;
        }
        Set<RowKey> keys = new HashSet<>(name.named().keySet());
        name.named().keySet().forEach(key -> keys.add(RowKey.epoch(key.user().orElseThrow())));
        Map<RowKey, VersionedRow> found = work.findAll(keys);
        return name.without(key -> key.session()
                .filter(handle -> isOver(key, handle, found, work.now()))
                .isPresent());
    }

    /** A session that has just expired may be in use, and that is written in a moment. */
    private static boolean isOver(RowKey key, Handle session, Map<RowKey, VersionedRow> rows, Instant now) {
        RowKey epochKey = RowKey.epoch(key.user().orElseThrow());
        Epoch epoch = UnitOfWork.epoch(epochKey, Optional.ofNullable(rows.get(epochKey)));
        return Optional.ofNullable(rows.get(key))
                .map(found -> found.row()
                        .flatMap(row -> row.ending(session, epoch, now.minus(LONGEST_USE)))
                        .isPresent())
                .orElse(true);
    }

    /**
     * Marks the name as ended by the provider. Returns when the grid has the mark.
     *
     * @param late notes whether a database beside the grid has not
     * @throws PosternException also if the row cannot be read, because it is unknown then which sessions it lists
     */
    ProviderName end(UnitOfWork work, RowKey key, Instant at, Failures late) {
        return work.update(
                key,
                found -> {
                    ProviderName name = read(key, found).endedAt(at);
                    return Change.write(name, outcome -> name);
                },
                late::add);
    }

    private static ProviderName read(RowKey key, Optional<VersionedRow> found) {
        return found.isEmpty()
                ? ProviderName.UNKNOWN
                : found.flatMap(VersionedRow::row)
                        .filter(ProviderName.class::isInstance)
                        .map(ProviderName.class::cast)
                        .orElseThrow(() -> new PosternException("The row " + key + " cannot be read, so it is unknown"
                                + " what the identity provider ends."));
    }

    /** The row of a logout token that has done its work. It is kept for longer than the token is accepted. */
    static ProviderName used(Instant expiresAt) {
        return new ProviderName(new TreeMap<>(), expiresAt);
    }
}
