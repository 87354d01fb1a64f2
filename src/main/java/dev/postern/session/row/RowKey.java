package dev.postern.session.row;

import dev.postern.session.token.HalfWayToken;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key of a row in the credentials cache. All keys of one user begin with the user's handle and a full stop.
 *
 * <p>Immutable.
 */
public record RowKey(String text) implements Comparable<RowKey> {

    private static final String HALF_WAY = "half.";
    private static final String PROVIDER = "provider.";
    private static final String PROVIDER_TOKEN = PROVIDER + "token.";

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

    /** A key behind all keys of the user, and before those of any other: a slash follows the full stop. */
    public static RowKey beyond(Handle user) {
        return new RowKey(user.text() + "/");
    }

    /**
     * Where a search for the rows of users goes on behind this key: not at the next row of the same kind that belongs
     * to no user. A slash follows the full stop.
     */
    public RowKey skippingOthers() {
        return Stream.of(HALF_WAY, PROVIDER)
                .filter(text::startsWith)
                .findFirst()
                .map(kind -> new RowKey(kind.replace('.', '/')))
                .orElse(this);
    }

    /** The key of the user's epoch: the lowest key of the user. */
    public static RowKey epoch(Handle user) {
        return new RowKey(user.text() + ".");
    }

    /**
     * The key of a sign-in that lacks its second factor: the hash of its secret. It is none of the user's keys, so no
     * list of sessions finds it.
     */
    public static RowKey halfWay(HalfWayToken token) {
        return new RowKey(HALF_WAY
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(token.hash().bytes()));
    }

    /** The key of what an identity provider knows under one name, by the name's keyed hash. It is no user's key. */
    public static RowKey provider(Handle name) {
        return new RowKey(PROVIDER + name.text());
    }

    /** The key of a logout token of an identity provider, by its keyed hash. */
    public static RowKey providerToken(Handle token) {
        return new RowKey(PROVIDER_TOKEN + token.text());
    }

    /** Whether the row is what an identity provider knows, or a token of it. */
    boolean isProvider() {
        return text.startsWith(PROVIDER);
    }

    /** Whether the row is a logout token of an identity provider. */
    boolean isProviderToken() {
        return text.startsWith(PROVIDER_TOKEN);
    }

    /** Whether the row is what an identity provider knows under one name. */
    public boolean isProviderName() {
        return isProvider() && !isProviderToken();
    }

    /** Whether the row is the epoch of a user. */
    public boolean isEpoch() {
        return text.length() == Handle.CHARACTERS + 1 && user().isPresent();
    }

    /** The user of the row; empty if the text is no key of this library. */
    public Optional<Handle> user() {
        return text.indexOf('.') == Handle.CHARACTERS
                ? Handle.parse(text.substring(0, Handle.CHARACTERS))
                : Optional.empty();
    }

    /** The session of the row; empty for a row of another kind, and if the text is no key of this library. */
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
