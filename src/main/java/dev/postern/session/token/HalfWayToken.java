package dev.postern.session.token;

/**
 * A verified token of a sign-in that lacks its second factor. Its tag has a purpose of its own, so neither it nor a
 * {@link Token} is accepted for the other.
 *
 * <p>Immutable. Its text never shows the secret, except through {@link #reveal()}.
 */
public final class HalfWayToken {

    private final Handle user;
    private final String text;

    HalfWayToken(Handle user, String text) {
        this.user = user;
        this.text = text;
    }

    /** The text for the client, in its cookie. For nothing else. */
    public String reveal() {
        return text;
    }

    public Handle user() {
        return user;
    }

    public SecretHash hash() {
        return TokenMint.secret(text).hash();
    }

    @Override
    public String toString() {
        return "HalfWayToken[hidden]";
    }
}
