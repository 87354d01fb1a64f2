package dev.postern.cdi.bean;

import dev.postern.EndedSession;
import dev.postern.Session;
import dev.postern.SessionCount;
import dev.postern.SessionPage;
import dev.postern.Sessions;
import dev.postern.UserPage;
import dev.postern.http.request.CurrentRequest;
import dev.postern.session.LiveSession;
import dev.postern.session.SessionKeeper;
import dev.postern.session.listing.SignedInUsers;
import dev.postern.session.listing.UserHistory;
import dev.postern.session.listing.UserSessions;
import dev.postern.session.token.Handle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of users. The caller's own come from the login that the mechanism put into the request.
 *
 * <p>Safe for concurrent use: it reads the request of the calling thread.
 */
@ApplicationScoped
@Typed(Sessions.class)
final class RequestSessions implements Sessions {

    private final Provider<SessionKeeper> keeper;
    private final Provider<UserHistory> history;

    @Inject
    RequestSessions(Provider<SessionKeeper> keeper, Provider<UserHistory> history) {
        this.keeper = keeper;
        this.history = history;
    }

    @Override
    public Optional<Session> current() {
        return session().map(LiveSession::toSession);
    }

    @Override
    public List<Session> mine() {
        return mine(MOST).sessions();
    }

    @Override
    public SessionPage mine(int limit) {
        return mine(Optional.empty(), limit);
    }

    @Override
    public SessionPage mine(String after, int limit) {
        return mine(Optional.of(after), limit);
    }

    private SessionPage mine(Optional<String> after, int limit) {
        return session()
                .map(current -> page(name(current), after, limit, Optional.of(current.handle())))
                .orElseGet(() -> new SessionPage(List.of(), Optional.empty()));
    }

    private SessionPage page(String user, Optional<String> after, int limit, Optional<Handle> current) {
        UserSessions.Page page = userSessions().page(user, after, limit);
        return new SessionPage(
                page.sessions().stream()
                        .map(session -> session.toSession(
                                current.filter(session.handle()::equals).isPresent()))
                        .toList(),
                page.next());
    }

    @Override
    public boolean revoke(String handle) {
        return session().map(current -> revoke(name(current), handle)).orElse(false);
    }

    @Override
    public boolean revokeOthers() {
        LiveSession current = required();
        return userSessions().endOthers(name(current), current.handle());
    }

    @Override
    public void revokeMine() {
        revokeAll(name(required()));
    }

    @Override
    public List<Session> of(String user) {
        return of(user, MOST).sessions();
    }

    @Override
    public SessionPage of(String user, int limit) {
        return page(user, Optional.empty(), limit, Optional.empty());
    }

    @Override
    public SessionPage of(String user, String after, int limit) {
        return page(user, Optional.of(after), limit, Optional.empty());
    }

    @Override
    public boolean revoke(String user, String handle) {
        return Handle.parse(handle)
                .map(parsed -> userSessions().end(user, parsed))
                .orElse(false);
    }

    @Override
    public void revokeAll(String user) {
        userSessions().endAll(user);
    }

    @Override
    public List<EndedSession> history(String user) {
        return history.get().of(user, MOST);
    }

    @Override
    public UserPage users(int limit) {
        return signedInUsers().page(Optional.empty(), limit);
    }

    @Override
    public UserPage users(String after, int limit) {
        return signedInUsers().page(Optional.of(after), limit);
    }

    @Override
    public SessionCount count() {
        return signedInUsers().count();
    }

    private UserSessions userSessions() {
        return keeper.get().userSessions();
    }

    private SignedInUsers signedInUsers() {
        return keeper.get().signedInUsers();
    }

    private static LiveSession required() {
        return session()
                .orElseThrow(() -> new IllegalStateException(
                        "There is no current session: the caller is not signed in, or this thread serves no request."));
    }

    private static Optional<LiveSession> session() {
        return CurrentRequest.login().session();
    }

    private static String name(LiveSession session) {
        return session.row().user().name();
    }
}
