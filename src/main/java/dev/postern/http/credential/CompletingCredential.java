package dev.postern.http.credential;

import dev.postern.AuthenticationMethods;
import jakarta.security.enterprise.credential.Credential;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The credential that {@code RequestSignIn} hands to the mechanism to complete a sign-in by its second factor. No
 * client can send one, as with {@link ProvenCredential}.
 *
 * <p>Immutable, as far as the check is.
 */
public final class CompletingCredential implements Credential {

    private final BooleanSupplier check;
    private final Set<String> methods;

    /**
     * A second factor.
     *
     * @param check whether it is right
     * @throws IllegalArgumentException if a method is none
     */
    public CompletingCredential(BooleanSupplier check, String... methods) {
        this.check = check;
        this.methods = AuthenticationMethods.of(methods);
    }

    /** Asks the application whether the second factor is right. */
    public boolean isRight() {
        return check.getAsBoolean();
    }

    public Set<String> methods() {
        return methods;
    }
}
