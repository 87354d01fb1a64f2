package dev.postern.session.token;

/**
 * A client, as far as its network and its user agent tell it from another one: a keyed hash of both. It is no proof: a
 * client on the same network with the same user agent has the same hash.
 *
 * <p>Immutable.
 */
public record ClientHash(long bits) {

    static final int BYTES = Long.BYTES;

    /** The client of a request of which nothing is known. */
    public static final ClientHash UNKNOWN = new ClientHash(0);
}
