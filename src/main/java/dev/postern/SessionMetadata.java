package dev.postern;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the login of this request carries: its permanent fingerprint, its times, and the entries that
 * {@link MetadataContributor}s gave it. Inject it beside {@link CurrentUser}.
 *
 * <p>Without a login there are no entries, and the fingerprint and the times throw {@link IllegalStateException}. When
 * the cluster did not answer, every method throws {@link PosternException}. Times are the cluster's, to the millisecond.
 *
 * <p>For one request thread.
 */
public interface SessionMetadata {

    /**
     * The public and permanent name of this session: 22 letters, digits, {@code -} and {@code _}. It stays the same
     * while the secret in the cookie changes, and nobody can sign in with it.
     */
    String fingerprint();

    /** When the session was created. */
    Instant createdAt();

    /** When the user last proved who they are. */
    Instant authenticatedAt();

    /** When the secret that is now in use was issued. */
    Instant insertedAt();

    /** When the session was last used, exact to the setting {@code postern.session.touch-every}. */
    Instant lastSeenAt();

    /** When the session ends unless it is used again; never later than its absolute limit. */
    Instant expiresAt();

    /** The entry of that name, if there is one. */
    Optional<String> get(String name);

    /** All entries, in the order of their names. */
    Map<String, String> entries();
}
