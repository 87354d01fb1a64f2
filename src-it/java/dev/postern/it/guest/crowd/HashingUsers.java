package dev.postern.it.guest.crowd;

import dev.postern.it.Pause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;

/**
 * Knows every name that begins with {@code hashed}, no password of it, and takes as long for one as a hash on a busy
 * machine would.
 */
@ApplicationScoped
public class HashingUsers implements IdentityStore {

    private static final long MILLIS = 200;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (credential instanceof UsernamePasswordCredential login
                && login.getCaller().startsWith("hashed")) {
            Pause.ofMillis(MILLIS);
        }
        return CredentialValidationResult.INVALID_RESULT;
    }
}
