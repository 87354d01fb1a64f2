package dev.postern.session.token;

import java.util.Base64;
import java.util.Optional;

/**
 * The public name of a session or a user: 128 bits, 22 characters of base64url. It cannot be used to sign in. A
 * session's handle is random, a user's is a keyed hash of the user's name.
 *
 * <p>Immutable.
 */
public record Handle(String text) {

    public static final int BYTES = 16;
    public static final int CHARACTERS = 22;

    public Handle {
        if (text.length() != CHARACTERS) {
            throw new IllegalArgumentException(
                    "A handle has " + CHARACTERS + " characters, not " + text.length() + ".");
        }
    }

    /** The handle in a text from outside; empty if the text is not a handle. */
    public static Optional<Handle> parse(String text) {
        try {
            return text.length() == CHARACTERS
                    ? Optional.of(of(Base64.getUrlDecoder().decode(text))).filter(handle -> handle.text.equals(text))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static Handle of(byte[] bytes) {
        return new Handle(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] bytes() {
        return Base64.getUrlDecoder().decode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
