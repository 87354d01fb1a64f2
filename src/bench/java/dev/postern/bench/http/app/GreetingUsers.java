package dev.postern.bench.http.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Everybody whose password is the name followed by {@code -pw}; all of them are members. */
@ApplicationScoped
public class GreetingUsers implements IdentityStore {

    public static final String ROLE = "member";

    /** The user of those who do not ask who is calling. */
    public static final String FIXED = "user-fix";

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return credential instanceof UsernamePasswordCredential login
                        && login.getPasswordAsString().equals(login.getCaller() + "-pw")
                ? new CredentialValidationResult(login.getCaller(), Set.of(ROLE))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
