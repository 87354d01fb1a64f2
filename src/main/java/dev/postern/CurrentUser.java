package dev.postern;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The caller of the request. Inject it anywhere in a request: JAX-RS resources, servlets, enterprise beans, other
 * beans.
 *
 * <p>A request without a login has an anonymous current user, never none. So has a thread that serves no request, of a
 * timer or an executor for instance. When the cluster did not answer, the caller is unknown and not anonymous: every
 * method throws {@link PosternException}.
 *
 * <p>The user is that of the sign-in, or what the {@link CurrentUserLoader} says now. For one request thread.
 */
public interface CurrentUser {

    /** The user's name as the identity store gave it at the sign-in; the empty string for an anonymous caller. */
    String name();

    /**
     * The user's groups: those that the identity store gave at the sign-in, or {@link CurrentUserLoader#roles}. Empty
     * for an anonymous caller. The server decides which roles come with them, see {@link #hasRole}.
     */
    Set<String> groups();

    /**
     * The user's roles, as far as they are groups of the user or are named by annotations of the application. Empty for
     * an anonymous caller. A role that only a descriptor names may be missing: ask {@link #hasRole}.
     */
    Set<String> roles();

    /**
     * What else is known of the user. From the sign-in: {@code identity-store}, {@code caller-dn} and
     * {@code caller-unique-id}, as far as the
     * {@link jakarta.security.enterprise.identitystore.CredentialValidationResult CredentialValidationResult} has them.
     * From now: {@link CurrentUserLoader#attributes}. Empty for an anonymous caller.
     */
    Map<String, String> attributes();

    /**
     * The user in the application's own type, as the {@link CurrentUserLoader} gave it. Empty for an anonymous caller,
     * without a loader, and if the user is of another type.
     */
    <T> Optional<T> as(Class<T> type);

    /** Whether the caller is not signed in. */
    boolean isAnonymous();

    /**
     * Whether the user has the role. The server decides, as for
     * {@link jakarta.servlet.http.HttpServletRequest#isUserInRole HttpServletRequest.isUserInRole} and
     * {@link jakarta.annotation.security.RolesAllowed @RolesAllowed}. Without a mapping in a descriptor a user's groups
     * are roles. Payara knows only roles that are declared. False for an anonymous caller.
     */
    boolean hasRole(String role);
}
