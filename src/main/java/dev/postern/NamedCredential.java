package dev.postern;

import jakarta.security.enterprise.credential.Credential;

/**
 * A credential of the application's own kind that names its user, such as a PIN beside a customer number. Failed
 * sign-ins are then counted for that name, and not for the client's address alone. Without it they are counted for the
 * address: an {@link jakarta.security.enterprise.identitystore.IdentityStore IdentityStore} names no user when a
 * credential is wrong.
 *
 * <p>{@link jakarta.security.enterprise.credential.UsernamePasswordCredential UsernamePasswordCredential} and
 * {@link jakarta.security.enterprise.credential.CallerOnlyCredential CallerOnlyCredential} need no such interface.
 *
 * <p>For one request thread.
 */
public interface NamedCredential extends Credential {

    /** The name of the user as the client gave it. Null counts as an empty name. */
    String getCaller();
}
