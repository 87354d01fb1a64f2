package dev.postern.session;

/**
 * Where a row stands in the credentials cache. All keys of one user begin with the user's handle and a full stop.
 *
 * <p>Immutable.
 */
public record RowKey(String text) {

    /** The key of one session. */
    public static RowKey session(Handle user, Handle session) {
        return new RowKey(user.text() + "." + session.text());
    }

    /** The key of the row that says from when on the user's sessions count. */
    public static RowKey epoch(Handle user) {
        return new RowKey(user.text() + ".");
    }

    @Override
    public String toString() {
        return text;
    }
}
