package dev.postern.http;

import dev.postern.ProvenUser;
import jakarta.security.enterprise.credential.Credential;

/**
 * What {@link RequestSignIn} hands to the mechanism for a user whom the application has authenticated. The class is the
 * proof: nothing but that call makes one, and no client can send one.
 *
 * <p>Immutable.
 */
final class ProvenCredential implements Credential {

    private final ProvenUser user;

    ProvenCredential(ProvenUser user) {
        this.user = user;
    }

    ProvenUser user() {
        return user;
    }
}
