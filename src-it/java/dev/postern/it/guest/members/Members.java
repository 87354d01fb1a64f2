package dev.postern.it.guest.members;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Knows {@code member} alone, and has not validated anybody else. */
@ApplicationScoped
public class Members implements IdentityStore {

    @Override
    public CredentialValidationResult validate(Credential credential) {
        UsernamePasswordCredential login = (UsernamePasswordCredential) credential;
        if (!login.getCaller().equals("member")) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        return login.getPasswordAsString().equals("member-pw")
                ? new CredentialValidationResult("member", Set.of())
                : CredentialValidationResult.INVALID_RESULT;
    }
}
