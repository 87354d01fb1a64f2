package dev.postern.session.token;

/**
 * What a client holds: it names the row, says which generation of the session's secret it carries, and proves by its
 * tag that this cluster issued it. There is no way to one but {@link TokenMint}, so a token in hand has a valid tag.
 *
 * <p>Immutable. Never shows itself in text, except through {@link #reveal()}.
 */
public final class Token {

    /** The highest number of a generation. */
    public static final int MAX_GENERATION = 1 << 30;

    private final Handle user;
    private final Handle session;
    private final int generation;
    private final Secret secret;
    private final String text;

    Token(Handle user, Handle session, int generation, Secret secret, String text) {
        this.user = user;
        this.session = session;
        this.generation = generation;
        this.secret = secret;
        this.text = text;
    }

    /** The text for the cookie, and for nothing else. */
    public String reveal() {
        return text;
    }

    /** The public, permanent name of the session. */
    public Handle session() {
        return session;
    }

    /** Whether the two tokens belong to different users. */
    public boolean isOfAnotherUser(Token other) {
        return !user.equals(other.user);
    }

    public Handle user() {
        return user;
    }

    public int generation() {
        return generation;
    }

    /** Whether a token can have this number. */
    public static boolean isGeneration(int number) {
        return number >= 1 && number <= MAX_GENERATION;
    }

    public SecretHash hash() {
        return secret.hash();
    }

    @Override
    public String toString() {
        return "Token[" + session + " generation " + generation + "]";
    }
}
