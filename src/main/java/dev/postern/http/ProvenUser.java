package dev.postern.http;

import dev.postern.session.User;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user whom an identity store has found, with what it said of them. */
final class ProvenUser {

    private ProvenUser() {}

    static User of(CredentialValidationResult valid) {
        Map<String, String> attributes = new HashMap<>();
        keep(attributes, "identity-store", valid.getIdentityStoreId());
        keep(attributes, "caller-dn", valid.getCallerDn());
        keep(attributes, "caller-unique-id", valid.getCallerUniqueId());
        return new User(valid.getCallerPrincipal().getName(), valid.getCallerGroups(), attributes);
    }

    private static void keep(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            attributes.put(name, value);
        }
    }
}
