package dev.postern.it.guess;

import dev.postern.it.Pause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;

/**
 * Knows everybody whose name begins with {@code slow}, and takes as long for their passwords as a hash would, and no time for other
 * names. No password is right.
 */
@ApplicationScoped
public class SlowUsers implements IdentityStore {

    private static final long MILLIS = 50;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (credential instanceof UsernamePasswordCredential login
                && login.getCaller().startsWith("slow")) {
            Pause.ofMillis(MILLIS);
        }
        return CredentialValidationResult.INVALID_RESULT;
    }
}
