package dev.postern.it.guest.chosen;

import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;

/** Refuses the manager, who is blocked, before the handler is asked. */
@Decorator
public class Decorating implements IdentityStoreHandler {

    @Inject
    @Delegate
    @Any
    private IdentityStoreHandler handler;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return credential instanceof UsernamePasswordCredential login
                        && login.getCaller().equals("manager")
                ? CredentialValidationResult.INVALID_RESULT
                : handler.validate(credential);
    }
}
