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

    /** The session that stands here; nothing for an epoch. */
    Optional<Handle> session() {
        return Optional.of(text.substring(text.indexOf('.') + 1))
                .filter(rest -> !rest.isEmpty())
                .map(Handle::new);
    }

    @Override
    public String toString() {
        return text;
    }
}
