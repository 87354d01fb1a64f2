package dev.postern.http.credential;

import dev.postern.ProvenUser;
import jakarta.security.enterprise.credential.Credential;

/**
 * What {@code RequestSignIn} hands to the mechanism for a user whom the application has authenticated. The class is the
 * proof: nothing but that call makes one, and no client can send one.
 *
 * <p>Immutable.
 */
public final class ProvenCredential implements Credential {

    private final ProvenUser user;

    public ProvenCredential(ProvenUser user) {
        this.user = user;
    }

    public ProvenUser user() {
        return user;
    }
}
