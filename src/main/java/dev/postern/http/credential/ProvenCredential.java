package dev.postern.http.credential;

import dev.postern.ProvenUser;
import jakarta.security.enterprise.credential.Credential;

/**
 * The credential that {@code RequestSignIn} hands to the mechanism for a user whom the application has authenticated.
 * The class is the proof: only that call creates one, and no client can send one.
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
