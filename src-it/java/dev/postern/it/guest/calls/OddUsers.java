package dev.postern.it.guest.calls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** A second identity store, of odd users. The password is the name followed by {@code -pw}. */
@ApplicationScoped
public class OddUsers implements IdentityStore {

    @Override
    @SuppressWarnings("NullAway") // stores give what they should not
    public CredentialValidationResult validate(Credential credential) {
        if (credential instanceof Pin pin && pin.isRight()) {
            return new CredentialValidationResult(pin.getCaller(), Set.of("clerk"));
        }
        if (!(credential instanceof UsernamePasswordCredential login)
                || !login.getPasswordAsString().equals(login.getCaller() + "-pw")) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        return switch (login.getCaller()) {
            case "outer-join" -> new CredentialValidationResult("outer-join", groups("clerk", null, "", "  "));
            case "no-groups" -> new CredentialValidationResult("no-groups", null);
            case "nameless" -> new CredentialValidationResult(new CallerPrincipal(null), groups("clerk"));
            case "blank" -> new CredentialValidationResult(new CallerPrincipal("  "), groups("clerk"));
            case "broken-store" -> throw new IllegalStateException("The directory is not there.");
            case "employee" -> new CredentialValidationResult(new EmployeePrincipal("employee", 7), groups("clerk"));
            default -> CredentialValidationResult.INVALID_RESULT;
        };
    }

    private static Set<String> groups(String... groups) {
        return new HashSet<>(Arrays.asList(groups));
    }
}
