package dev.postern.session.generation;

import dev.postern.session.token.ClientHash;

/**
 * Where a request comes from, and whether chance has drawn it: one request in {@value #ONE_IN} is offered a successor
 * even where its client seems to have been offered one a moment ago. So a thief who looks like the owner, or like many
 * clients, cannot take every offer away from the owner.
 *
 * <p>Immutable.
 */
public record RequestSource(ClientHash client, boolean isDrawn) {

    /** How many requests there are for one that is drawn. */
    public static final int ONE_IN = 32;

    /** The origin of a request of which nothing is known. */
    public static final RequestSource UNKNOWN = new RequestSource(ClientHash.UNKNOWN, false);
}
