package dev.postern.session;

import java.util.Optional;

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

    /** The handle of the session whose row stands here; nothing for an epoch, and for a key of another shape. */
    Optional<Handle> handle() {
        String last = text.substring(text.indexOf('.') + 1);
        return last.length() == Handle.CHARACTERS ? Optional.of(new Handle(last)) : Optional.empty();
    }

    /** The key of the epoch of the same user. */
    RowKey epoch() {
        return new RowKey(text.substring(0, text.indexOf('.') + 1));
    }

    @Override
    public String toString() {
        return text;
    }
}
