package dev.postern.http.credential;

import dev.postern.session.user.SessionUser;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts the result of an identity store to the user of a session. */
public final class IdentityStoreUser {

    private IdentityStoreUser() {}

    static SessionUser of(CredentialValidationResult valid) {
        return new SessionUser(name(valid), groups(valid), attributes(valid));
    }

    /** What the store says of the user besides: its own id, and the user's names there. */
    public static Map<String, String> attributes(CredentialValidationResult valid) {
        Map<String, String> attributes = new HashMap<>();
        keep(attributes, "identity-store", valid.getIdentityStoreId());
        keep(attributes, "caller-dn", valid.getCallerDn());
        keep(attributes, "caller-unique-id", valid.getCallerUniqueId());
        return attributes;
    }

    /** The store's own kind of principal; empty if it has none. */
    static Optional<Principal> principal(CredentialValidationResult valid) {
        return own(valid.getCallerPrincipal());
    }

    /** The principal, if its class is not {@link CallerPrincipal} itself. */
    public static Optional<Principal> own(Principal principal) {
        return Optional.of(principal).filter(known -> known.getClass() != CallerPrincipal.class);
    }

    private static String name(CredentialValidationResult valid) {
        Principal principal = valid.getCallerPrincipal();
        String name = principal == null ? null : principal.getName();
        if (name == null || name.isBlank()) {
            throw new IllegalStateException("The identity store " + valid.getIdentityStoreId()
                    + " finds a credential right and gives its user no name.");
        }
        return name;
    }

    /** An outer join gives a group null to a user who has none (SV-01). */
    private static Set<String> groups(CredentialValidationResult valid) {
        Set<String> groups = valid.getCallerGroups();
        return groups == null
                ? Set.of()
                : groups.stream()
                        .filter(group -> group != null && !group.isBlank())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static void keep(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            attributes.put(name, value);
        }
    }
}
