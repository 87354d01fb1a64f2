package dev.postern.session.token;

/**
 * A verified token: session, user, generation and secret. The client holds its text. Only {@link TokenMint} makes
 * tokens, and {@link KnownToken} from the same text again. So each has a valid tag: this cluster issued it.
 *
 * <p>Immutable. Its text never shows the secret, except through {@link #reveal()}.
 */
public final class Token {

    /** The highest number of a generation. */
    public static final int MAX_GENERATION = 1 << 30;

    private final Handle user;
    private final Handle session;
    private final int generation;
    private final String text;

    Token(Handle user, Handle session, int generation, String text) {
        this.user = user;
        this.session = session;
        this.generation = generation;
        this.text = text;
    }

    /** The text for the client, in the cookie or the bearer header. For nothing else. */
    public String reveal() {
        return text;
    }

    /** The public, permanent name of the session. */
    public Handle session() {
        return session;
    }

    /** Whether the other token is of another user. */
    public boolean isOfAnotherUser(Token other) {
        return !user.equals(other.user);
    }

    public Handle user() {
        return user;
    }

    public int generation() {
        return generation;
    }

    /** Whether a token can have this generation. */
    public static boolean isGeneration(int number) {
        return number >= 1 && number <= MAX_GENERATION;
    }

    public SecretHash hash() {
        return TokenMint.secret(text).hash();
    }

    @Override
    public String toString() {
        return "Token[" + session + " generation " + generation + "]";
    }
}
