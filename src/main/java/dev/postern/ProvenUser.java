package dev.postern;

import jakarta.security.enterprise.CallerPrincipal;
import java.security.Principal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A user whom the application has authenticated by itself, for {@link SignIn#begin}. The proof was an identity
 * provider, a passkey or a mailed link, for example: {@code ProvenUser.of("ann").inGroups("clerk")}.
 *
 * <p>Immutable. Groups that are null or blank are left out.
 *
 * @param principal the caller's principal in the request that signs in; its name is the user's
 * @param groups the user's groups, as an identity store would give them
 * @param attributes what {@link CurrentUser#attributes()} says besides
 * @param methods how the user was proven, see {@link AuthenticationMethods}; empty if the application does not say
 * @param isRemembered whether the session outlives the browser, where {@code postern.remember.enabled} allows it
 */
public record ProvenUser(
        Principal principal,
        Set<String> groups,
        Map<String, String> attributes,
        Set<String> methods,
        boolean isRemembered) {

    /**
     * A user with all properties.
     *
     * @throws IllegalArgumentException when the principal's name is null or blank, or a method is none
     */
    public ProvenUser {
        String name = principal.getName();
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("A user who signs in has a name.");
        }
        groups = groups.stream().filter(ProvenUser::isGroup).collect(Collectors.toUnmodifiableSet());
        attributes = Map.copyOf(attributes);
        methods = AuthenticationMethods.of(methods);
    }

    /** A user of this name, without groups and attributes. */
    public static ProvenUser of(String name) {
        return of(new CallerPrincipal(name));
    }

    /** A user with a principal of the application's own type, without groups and attributes. */
    public static ProvenUser of(Principal principal) {
        return new ProvenUser(principal, Set.of(), Map.of(), Set.of(), false);
    }

    /** The user's name: that of the principal. */
    public String name() {
        return principal.getName();
    }

    /** This user, with these groups added. */
    public ProvenUser inGroups(String... more) {
        Set<String> all = new HashSet<>(groups);
        Arrays.stream(more).filter(Objects::nonNull).forEach(all::add);
        return new ProvenUser(principal, all, attributes, methods, isRemembered);
    }

    /** This user, with an attribute added or replaced. */
    public ProvenUser with(String attribute, String value) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put(attribute, value);
        return new ProvenUser(principal, groups, all, methods, isRemembered);
    }

    /**
     * This user, proven by these methods besides, such as {@code hwk}: see {@link AuthenticationMethods}. The session
     * records them for {@link Fresh#by}.
     */
    public ProvenUser by(String... more) {
        Set<String> all = new HashSet<>(methods);
        all.addAll(Arrays.asList(more));
        return new ProvenUser(principal, groups, attributes, all, isRemembered);
    }

    /**
     * This user, proven by an OpenID Connect provider. When the provider says that the user has signed out there, the
     * session ends, see the setting {@code postern.back-channel-logout.issuer}.
     */
    public ProvenUser by(ProviderLogin login) {
        Map<String, String> all = ProviderLogin.without(attributes);
        all.putAll(login.attributes());
        return new ProvenUser(principal, groups, all, methods, isRemembered);
    }

    /** This user, in a session that outlives the browser. */
    public ProvenUser remembered() {
        return new ProvenUser(principal, groups, attributes, methods, true);
    }

    private static boolean isGroup(@Nullable String group) {
        return group != null && !group.isBlank();
    }
}
