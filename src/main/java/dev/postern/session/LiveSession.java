package dev.postern.session;

/**
 * A session that was alive when it was read, and the token with which its client holds it.
 *
 * <p>Immutable.
 */
public record LiveSession(Token token, SessionRow.Active row) {

    /** The session's public and permanent name. */
    public Handle handle() {
        return token.session();
    }

    /** Where the session's row stands. */
    public RowKey key() {
        return token.key();
    }
}
