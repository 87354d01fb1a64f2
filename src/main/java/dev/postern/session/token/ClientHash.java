package dev.postern.session.token;

/**
 * A keyed hash of a client's network and user agent. It tells most clients apart, and proves nothing: two clients on
 * the same network with the same user agent have the same hash.
 *
 * <p>Immutable.
 */
public record ClientHash(long bits) {

    static final int BYTES = Long.BYTES;

    /** The hash for a request whose client is unknown. */
    public static final ClientHash UNKNOWN = new ClientHash(0);
}
