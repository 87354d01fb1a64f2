package dev.postern.it.guest.chosen;

import dev.postern.it.app.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;

/** Asks the users, and refuses the customer, who is blocked. */
@Alternative
@ApplicationScoped
public class BlockingHandler implements IdentityStoreHandler {

    @Inject
    private Users users;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return credential instanceof UsernamePasswordCredential login
                        && login.getCaller().equals("customer")
                ? CredentialValidationResult.INVALID_RESULT
                : users.validate(credential);
    }
}
