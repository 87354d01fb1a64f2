package dev.postern.it.guest.aliases;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Locale;
import java.util.Set;

/** Gives back the name that was typed, be it the number of a member or the address. Immutable. */
@ApplicationScoped
public class MemberStore implements IdentityStore {

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return credential instanceof UsernamePasswordCredential login
                        && MemberLoader.NUMBERS.containsKey(login.getCaller().toLowerCase(Locale.ROOT))
                        && login.compareTo(login.getCaller(), "member-pw")
                ? new CredentialValidationResult(login.getCaller(), Set.of("clerk"))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
