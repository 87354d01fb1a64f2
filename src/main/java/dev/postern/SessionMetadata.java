package dev.postern;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the login of this request carries: its permanent fingerprint, its times, and its entries. Entries come from
 * {@link MetadataContributor}s and from the application. Inject it beside {@link CurrentUser}.
 *
 * <p>Without a login, or on a thread that serves no request, there are no entries, and every other method throws {@link
 * IllegalStateException}. When the cluster did not answer, every method throws {@link PosternException}. Times are the
 * cluster's, to the millisecond.
 *
 * <p>A request sees its own changes at once. Other requests see them when they are saved: all of them in one write,
 * before the answer of a JAX-RS method is written, or else when the response has been made.
 *
 * <table>
 * <caption>Whether changes are saved</caption>
 * <tr><th>Changed in</th><th>Saved</th><th>Dropped</th></tr>
 * <tr><td>a method of a JAX-RS resource that injects this, or a method under {@link ExposeSession}</td>
 *     <td>when it returns</td><td>when it throws</td></tr>
 * <tr><td>any other code, and a method that CDI cannot intercept or that returns a promise</td>
 *     <td>with a status below 400</td><td>with a status of 400 and above</td></tr>
 * <tr><td>a session that is ended meanwhile</td><td>never</td><td>always</td></tr>
 * </table>
 *
 * <p>When two requests change the same entry, the later one to be saved wins. Different entries do not affect each
 * other. When the cluster does not answer, nothing is saved, and the answer is 503 unless it is on its way. When other
 * requests have filled the session to its bounds meanwhile, nothing is saved and the request fails.
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
     * The CSRF token of this session, 44 letters, digits, {@code -} and {@code _}. Pages send it in the header
     * {@code Postern-Csrf} of requests that change something, where the setting {@code postern.cross-site.token}
     * requires it. It is valid for as long as the session, and cannot be used to sign in. A later call may give another
     * value; both are valid then.
     */
    String csrfToken();

    /** When the session was created. */
    Instant createdAt();

    /** When the user last proved who they are, by a credential or by {@link SignIn#begin}. */
    Instant authenticatedAt();

    /**
     * How the user was proven at the last sign-in, {@code pwd} for instance. Empty if that is not known. See
     * {@link AuthenticationMethods}.
     */
    Set<String> methods();

    /** When the secret that is now in use was issued. */
    Instant insertedAt();

    /** When the session was last used, exact to the setting {@code postern.session.touch-every}. */
    Instant lastSeenAt();

    /** When the session ends unless it is used again; never later than its absolute limit. */
    Instant expiresAt();

    /** The entry of that name; empty if there is none. */
    Optional<String> get(String name);

    /**
     * The entry of that name as a value of another type, for example {@code get("desk", Integer::valueOf)}. Empty if
     * there is none.
     *
     * @throws IllegalStateException when the reader throws an {@link IllegalArgumentException} or a
     *     {@link DateTimeException}; its other exceptions pass through
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
     * @throws IllegalArgumentException beyond the bounds of {@link MetadataDraft}; then nothing is changed
     */
    void put(String name, String value);

    /** Removes the entry. Idempotent. */
    void remove(String name);

    /** All entries, in the order of their names. */
    Map<String, String> entries();
}
