package dev.postern.cdi.bean;

import dev.postern.SessionMetadata;
import dev.postern.http.request.CurrentRequest;
import dev.postern.session.LiveSession;
import dev.postern.session.SessionKeeper;
import dev.postern.session.request.RequestEdits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metadata of the session of the request, from the login that the mechanism put into the request.
 *
 * <p>Safe for concurrent use: it reads the request of the calling thread.
 */
@ApplicationScoped
@Typed(SessionMetadata.class)
final class RequestMetadata implements SessionMetadata {

    private final Provider<SessionKeeper> keeper;

    @Inject
    RequestMetadata(Provider<SessionKeeper> keeper) {
        this.keeper = keeper;
    }

    @Override
    public String fingerprint() {
        return required().handle().text();
    }

    @Override
    public String csrfToken() {
        return keeper.get().csrfTokens().of(required().token());
    }

    @Override
    public Instant createdAt() {
        return required().row().times().created();
    }

    @Override
    public Instant authenticatedAt() {
        return required().row().times().authenticated();
    }

    @Override
    public Set<String> methods() {
        return required().row().methods();
    }

    @Override
    public Instant insertedAt() {
        return required().row().generation().since();
    }

    @Override
    public Instant lastSeenAt() {
        return required().row().times().lastSeen();
    }

    @Override
    public Instant expiresAt() {
        return required().row().times().expires();
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(entries().get(name));
    }

    @Override
    public Map<String, String> entries() {
        return session().map(RequestMetadata::entries).orElse(Collections.emptySortedMap());
    }

    @Override
    public void put(String name, String value) {
        change(name, Optional.of(value));
    }

    @Override
    public void remove(String name) {
        change(name, Optional.empty());
    }

    private void change(String name, Optional<String> value) {
        LiveSession session = required();
        edits(session).orElseGet(() -> beginEdits(session)).change(session, name, value);
    }

    private RequestEdits beginEdits(LiveSession session) {
        RequestEdits edits = new RequestEdits(keeper.get(), session);
        CurrentRequest.get().ifPresent(served -> served.request().setAttribute(RequestEdits.ATTRIBUTE, edits));
        return edits;
    }

    private static Optional<RequestEdits> edits(LiveSession session) {
        return CurrentRequest.get()
                .flatMap(served -> RequestEdits.of(served.request().getAttribute(RequestEdits.ATTRIBUTE)))
                .filter(edits -> edits.isOf(session));
    }

    private static SortedMap<String, String> entries(LiveSession session) {
        Map<String, String> entries = edits(session)
                .map(edits -> edits.on(session))
                .orElseGet(() -> session.row().metadata());
        return Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    private static LiveSession required() {
        return session()
                .orElseThrow(() -> new IllegalStateException(
                        "There is no session: the caller is not signed in, or this thread serves no request."));
    }

    private static Optional<LiveSession> session() {
        return CurrentRequest.login().session();
    }
}
