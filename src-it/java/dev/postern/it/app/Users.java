package dev.postern.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Map;
import java.util.Set;

/**
 * Four users: clerk, manager and customer have the role of that name, chief is clerk and manager. The password is the name
 * followed by {@code -pw}.
 */
@ApplicationScoped
public class Users implements IdentityStore {

    private static final Map<String, Set<String>> GROUPS = Map.of(
            "clerk", Set.of("clerk"),
            "manager", Set.of("manager"),
            "chief", Set.of("clerk", "manager"),
            "customer", Set.of("customer"));

    /** All of them. */
    public static Set<String> names() {
        return GROUPS.keySet();
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (credential instanceof UsernamePasswordCredential login
                && GROUPS.containsKey(login.getCaller())
                && login.getPasswordAsString().equals(login.getCaller() + "-pw")) {
            return new CredentialValidationResult(
                    "users", login.getCaller(), "cn=" + login.getCaller(), "", GROUPS.get(login.getCaller()));
        }
        return CredentialValidationResult.INVALID_RESULT;
    }
}
