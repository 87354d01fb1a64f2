package dev.postern.session.generation;

import dev.postern.session.token.ClientHash;

/**
 * The client that a request comes from, and whether the request was drawn at random.
 *
 * <p>One request in {@value #ONE_IN} is drawn. It gets a successor even if its client seems to have a fresh offer. So a
 * thief who looks like the owner, or like many clients, cannot take every offer away from the owner.
 *
 * <p>Immutable.
 */
public record RequestSource(ClientHash client, boolean isDrawn) {

    /** One in this many requests is drawn. */
    public static final int ONE_IN = 32;

    /** An unknown client, not drawn. */
    public static final RequestSource UNKNOWN = new RequestSource(ClientHash.UNKNOWN, false);
}
