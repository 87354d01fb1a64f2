package dev.postern;

import jakarta.security.enterprise.credential.Credential;

/**
 * A credential of the application's own kind that says for whose it is meant, such as a PIN beside a customer number.
 * Failed sign-ins are counted for that name too. Those of other credentials count for the client's address alone,
 * because an identity store names no user when it finds a credential wrong.
 *
 * <p>{@code UsernamePasswordCredential} and {@code CallerOnlyCredential} say so without it.
 */
public interface NamedCredential extends Credential {

    /** The name of the user, as the client gave it. */
    String getCaller();
}
