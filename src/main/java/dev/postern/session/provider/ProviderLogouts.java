package dev.postern.session.provider;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.ProviderLogin;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.listing.UserSessions;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.store.Failures;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.TokenMint;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Ends the sessions that an identity provider names, because the user has signed out there.
 *
 * <p>Safe for concurrent use.
 */
public final class ProviderLogouts {

    private final RowStore rows;
    private final ProviderNames names;
    private final SessionTerminator terminator;
    private final UserSessions users;

    public ProviderLogouts(RowStore rows, TokenMint mint, SessionTerminator terminator, UserSessions users) {
        this.rows = rows;
        this.names = new ProviderNames(mint);
        this.terminator = terminator;
        this.users = users;
    }

    /**
     * What a provider says in a logout token, which has been verified.
     *
     * <p>Immutable.
     *
     * @param id what makes the token different from all others of the provider
     * @param subject whose sessions end; empty if only a session is named
     * @param session the provider's session: if it is named, only the sessions end that began with it, and those of
     *     the subject that began with none
     * @param issuedAt when the provider said so, by its clock
     * @param expiresAt until when the token is accepted
     */
    public record Notice(
            String issuer,
            String id,
            Optional<String> subject,
            Optional<String> session,
            Instant issuedAt,
            Instant expiresAt) {

        public Notice {
            if (subject.isEmpty() && session.isEmpty()) {
                throw new IllegalArgumentException("A logout names a subject or a session.");
            }
        }
    }

    /** The cluster's time. Does not ask the grid. */
    public Instant now() {
        return rows.now();
    }

    /**
     * Ends the sessions. When this returns, no node accepts a request of one of them, and no sign-in that is under way
     * begins one. A name that is not known is marked too. False if the same token has done its work before; then
     * nothing ends.
     *
     * @throws PosternException if the grid does not answer in time; some of the sessions may have ended then, and the
     *     same token may come again. Also if a database beside the grid does not answer: then the sessions have ended
     *     that the grid lists under the names that it has, or end in a moment
     */
    public boolean end(Notice notice) {
        UnitOfWork work = rows.unitOfWork();
        RowKey token = names.token(notice.issuer(), notice.id());
        if (work.find(token).isPresent()) {
            return false;
        }
        Failures failures = new Failures();
        Set<RowKey> named = new LinkedHashSet<>();
        names.names(notice)
                .forEach(name -> failures.run(() -> named.addAll(names.end(work, name, notice.issuedAt(), failures)
                        .named()
                        .keySet())));
        end(work, new ArrayDeque<>(named), notice, failures);
        failures.rethrow();
        return rows.unitOfWork()
                .create(token, ProviderNames.used(notice.expiresAt()))
                .isDone();
    }

    /**
     * Ends these. Each may take as long as a request may wait, but all together not much longer if a database beside
     * the grid does not answer. If the grid does not answer, or if they take too long, those that are left are ended
     * later.
     */
    private void end(UnitOfWork whole, Queue<RowKey> left, Notice notice, Failures failures) {
        boolean goesOn = true;
        while (goesOn && !left.isEmpty()) {
            goesOn = isEnded(left.element(), notice, failures) && (failures.isEmpty() || whole.hasTime());
            if (goesOn) {
                left.remove();
            }
        }
        endLater(whole, left, notice);
    }

    /** False if it is unknown whether the grid has ended it. */
    private boolean isEnded(RowKey key, Notice notice, Failures failures) {
        try {
            failures.runInGrid(() -> end(rows.unitOfWork(), key, notice));
            return true;
        } catch (PosternException e) {
            failures.add(e);
            return false;
        }
    }

    private void end(UnitOfWork work, RowKey key, Notice notice) {
        if (key.session().isEmpty()) {
            users.endAll(key.user().orElseThrow());
        } else {
            terminator.endUnless(row -> isProvenAnew(row, notice), work, key, Ending.SIGNED_OUT_AT_PROVIDER);
        }
    }

    private void endLater(UnitOfWork work, Queue<RowKey> named, Notice notice) {
        List<RowKey> sessions =
                named.stream().filter(left -> left.session().isPresent()).toList();
        terminator.endLaterIfThereIsRoomUnless(
                row -> isProvenAnew(row, notice), work, sessions, Ending.SIGNED_OUT_AT_PROVIDER);
    }

    /** Whether the provider has proven the user of the session since, or with another session there. */
    private static boolean isProvenAnew(Active row, Notice notice) {
        return ProviderLogin.in(row.user().attributes())
                .filter(login -> login.issuer().equals(notice.issuer()))
                .filter(login -> login.issuedAt().isAfter(notice.issuedAt()) || isOfAnotherSession(login, notice))
                .isPresent();
    }

    private static boolean isOfAnotherSession(ProviderLogin login, Notice notice) {
        return notice.session().isPresent()
                && login.session().isPresent()
                && !login.session().equals(notice.session());
    }
}
