package dev.postern.cdi;

import dev.postern.SessionMetadata;
import dev.postern.session.LiveSession;
import dev.postern.session.Login;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The metadata of the session of the request, read from the login that the mechanism left in the request.
 *
 * <p>Safe for concurrent use: it looks at the request of the calling thread.
 */
@ApplicationScoped
@Typed(SessionMetadata.class)
final class RequestMetadata implements SessionMetadata {

    private final HttpServletRequest request;

    @Inject
    RequestMetadata(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public String fingerprint() {
        return required().handle().text();
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
        return session().map(session -> session.row().metadata().get(name));
    }

    @Override
    public Map<String, String> entries() {
        return session()
                .map(session ->
                        Collections.unmodifiableMap(new TreeMap<>(session.row().metadata())))
                .orElse(Collections.emptySortedMap());
    }

    private LiveSession required() {
        return session().orElseThrow(() -> new IllegalStateException("Nobody is signed in, so there is no session."));
    }

    private Optional<LiveSession> session() {
        return Login.of(request.getAttribute(Login.ATTRIBUTE)).session();
    }
}
