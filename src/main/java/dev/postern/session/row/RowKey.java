package dev.postern.session.row;

import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import java.util.Optional;

/**
 * Where a row stands in the credentials cache. All keys of one user begin with the user's handle and a full stop.
 *
 * <p>Immutable.
 */
public record RowKey(String text) implements Comparable<RowKey> {

    /** A key before all keys. */
    public static final RowKey BEGINNING = new RowKey("");

    /** The key of one session. */
    public static RowKey session(Handle user, Handle session) {
        return new RowKey(user.text() + "." + session.text());
    }

    /** The key of the session that the token belongs to. */
    public static RowKey of(Token token) {
        return session(token.user(), token.session());
    }

    /** The first key that a row of the user can have: that of the epoch. */
    public static RowKey first(Handle user) {
        return epoch(user);
    }

    /** A key that lies behind all keys of the user, and before those of any other: a slash follows the full stop. */
    public static RowKey beyond(Handle user) {
        return new RowKey(user.text() + "/");
    }

    /** The key of the row that says from when on the user's sessions count. */
    public static RowKey epoch(Handle user) {
        return new RowKey(user.text() + ".");
    }

    /** The user whose row stands here; nothing for what is no key of ours. */
    public Optional<Handle> user() {
        return text.indexOf('.') == Handle.CHARACTERS
                ? Handle.parse(text.substring(0, Handle.CHARACTERS))
                : Optional.empty();
    }

    /** The session that stands here; nothing for an epoch, and for what is no key of ours. */
    public Optional<Handle> session() {
        return user().flatMap(user -> Handle.parse(text.substring(Handle.CHARACTERS + 1)));
    }

    @Override
    public int compareTo(RowKey other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
