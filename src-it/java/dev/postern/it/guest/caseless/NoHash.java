package dev.postern.it.guest.caseless;

import jakarta.enterprise.context.Dependent;
import jakarta.security.enterprise.identitystore.PasswordHash;

/** Passwords as they are, for tests. Immutable. */
@Dependent
public class NoHash implements PasswordHash {

    @Override
    public String generate(char[] password) {
        return new String(password);
    }

    @Override
    public boolean verify(char[] password, String stored) {
        return stored.equals(new String(password));
    }
}
