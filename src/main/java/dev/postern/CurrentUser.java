package dev.postern;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is calling. Inject it anywhere in a request: JAX-RS resources, servlets, EJBs, other beans.
 *
 * <p>A request without a login has an anonymous current user, never none; so has a thread that serves no request, of a
 * timer or an executor for instance. When the login of the request could not be looked up because the cluster did not
 * answer, every method throws {@link PosternException}: broken is not anonymous.
 *
 * <p>For one request thread.
 */
public interface CurrentUser {

    /** The name under which the identity store knows the user; the empty string for an anonymous caller. */
    String name();

    /**
     * The user's groups: those that the identity store gave at sign-in, or that the {@link CurrentUserLoader} says now;
     * empty for an anonymous caller. Which roles come with them is the server's to say, see {@link #hasRole}.
     */
    Set<String> groups();

    /**
     * Of the user's groups, and of the roles that annotations of the application name, those that are roles of the
     * user; empty for an anonymous caller. A role that only a descriptor names may be missing: ask {@link #hasRole}.
     */
    Set<String> roles();

    /**
     * What else the identity store said at sign-in ({@code identity-store}, {@code caller-dn} and
     * {@code caller-unique-id}, as far as it did), and what the {@link CurrentUserLoader} says now; empty for an
     * anonymous caller.
     */
    Map<String, String> attributes();

    /**
     * The user in the application's own type, as its {@link CurrentUserLoader} gave them. Nothing for an anonymous
     * caller, where there is no loader, and when the user is of another type.
     */
    <T> Optional<T> as(Class<T> type);

    /** Whether the caller is not signed in. */
    boolean isAnonymous();

    /**
     * Whether the user has the role, as the server says it: the same as {@code HttpServletRequest.isUserInRole} and
     * {@code @RolesAllowed}. Without a mapping in a descriptor a user's groups are roles; Payara knows only roles that
     * are declared. False for an anonymous caller.
     */
    boolean hasRole(String role);
}
