package dev.postern;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the login of this request carries: its permanent fingerprint, its times, and the entries that
 * {@link MetadataContributor}s and the application gave it. Inject it beside {@link CurrentUser}.
 *
 * <p>Without a login, or on a thread that serves no request, there are no entries, and everything else throws
 * {@link IllegalStateException}. When the cluster did not answer, every method throws {@link PosternException}. Times
 * are the cluster's, to the millisecond.
 *
 * <p>What a request changes it sees at once, and everybody else when it is saved: all of it in one write, before the
 * answer of a JAX-RS method is written, or else when the response has been made. It is dropped when the method throws.
 * This is seen of the methods of JAX-RS resources that inject this or {@link CurrentUser}, and of what carries
 * {@link ExposeSession}, where CDI can intercept them and no promise is returned; anything else has failed when its
 * answer is an error (400 and above). Of two requests that change the same entry the later one to be saved wins;
 * different entries do not get in each other's way. A session that is ended meanwhile stays as it is. When the cluster
 * does not answer, nothing is saved and the request is answered with 503, unless its response is on its way. When other
 * requests have added so much meanwhile that the bounds are reached, nothing is saved and the request fails.
 *
 * <p>For one request thread.
 */
public interface SessionMetadata {

    /**
     * The public and permanent name of this session: 22 letters, digits, {@code -} and {@code _}. It stays the same
     * while the secret in the cookie changes, and cannot be used to sign in.
     */
    String fingerprint();

    /**
     * The value that a page sends in the header {@code Postern-Csrf} with what it changes, where the setting
     * {@code postern.cross-site.token} asks for it: 44 letters, digits, {@code -} and {@code _}. It is good for as long
     * as the session, and opens nothing. A page may get another one later, which is as good.
     */
    String csrfToken();

    /** When the session was created. */
    Instant createdAt();

    /** When the user last proved who they are: when the identity store was asked. */
    Instant authenticatedAt();

    /** When the secret that is now in use was issued. */
    Instant insertedAt();

    /** When the session was last used, exact to the setting {@code postern.session.touch-every}. */
    Instant lastSeenAt();

    /** When the session ends unless it is used again; never later than its absolute limit. */
    Instant expiresAt();

    /** The entry of that name, if there is one. */
    Optional<String> get(String name);

    /**
     * The entry of that name as something else than text, for example {@code get("desk", Integer::valueOf)}.
     *
     * @throws IllegalStateException when the reader finds the text to be none of its kind, with an
     *     {@link IllegalArgumentException} or a {@link DateTimeException}; its other exceptions pass through
     */
    default <T> Optional<T> get(String name, Function<String, T> reader) {
        try {
            return get(name).map(reader);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalStateException("The metadata entry " + name + " cannot be read by this reader.", e);
        }
    }

    /**
     * Sets the entry, or replaces it.
     *
     * @throws IllegalArgumentException beyond the bounds that {@link MetadataDraft} names; then nothing is changed
     */
    void put(String name, String value);

    /** Removes the entry, if there is one. */
    void remove(String name);

    /** All entries, in the order of their names. */
    Map<String, String> entries();
}
