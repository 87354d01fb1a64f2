package dev.postern.session.token;

import java.util.Optional;

/**
 * A token whose tag was verified before, without its secret. It recognises the same text again by the SHA-256 of the
 * whole text, so the tag need not be verified again. No other text has that hash.
 *
 * <p>Immutable. Compared in constant time.
 */
public final class KnownToken {

    /** Characters that depend on the handles alone: those before and behind share bits with what differs by token. */
    private static final int FIRST = 3;

    private static final int END = 45;

    private final Handle user;
    private final Handle session;
    private final int generation;
    private final SecretHash text;

    private KnownToken(Handle user, Handle session, int generation, SecretHash text) {
        this.user = user;
        this.session = session;
        this.generation = generation;
        this.text = text;
    }

    public static KnownToken of(Token token) {
        return new KnownToken(token.user(), token.session(), token.generation(), SecretHash.ofText(token.reveal()));
    }

    /** This token, if the text is its own; empty for every other text. */
    public Optional<Token> in(String presented) {
        return SecretHash.ofText(presented).equals(text)
                ? Optional.of(new Token(user, session, generation, presented))
                : Optional.empty();
    }

    public Handle user() {
        return user;
    }

    /** The part that the texts of all tokens of this session have in common. */
    public String sessionPart() {
        return sessionPart(user, session);
    }

    /** The part that the texts of all tokens of that session have in common. */
    public static String sessionPart(Handle user, Handle session) {
        return TokenMint.text(session, user).substring(FIRST, END);
    }

    /** The part of a text that names its session, and is no secret; empty if the text is no token. */
    public static String sessionPart(String presented) {
        return presented.length() == TokenMint.CHARACTERS ? presented.substring(FIRST, END) : "";
    }

    @Override
    public String toString() {
        return "KnownToken[" + session + " generation " + generation + "]";
    }
}
