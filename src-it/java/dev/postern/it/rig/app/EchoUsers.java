package dev.postern.it.rig.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** As many users as anybody asks for: every name has the role member, and the name with {@code -pw} for a password. */
@ApplicationScoped
public class EchoUsers implements IdentityStore {

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return credential instanceof UsernamePasswordCredential login
                        && login.getPasswordAsString().equals(login.getCaller() + "-pw")
                ? new CredentialValidationResult(login.getCaller(), Set.of("member"))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
