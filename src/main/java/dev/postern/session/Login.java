package dev.postern.session;

import dev.postern.PosternException;

/**
 * What is known of the caller of one request: the mechanism leaves it in the request, everything else reads it there.
 *
 * <p>Immutable.
 */
public sealed interface Login {

    /** The request attribute under which the mechanism leaves it. */
    String ATTRIBUTE = "dev.postern.login";

    /** Nobody is signed in. */
    record Anonymous() implements Login {}

    /** A session that was found to be alive. */
    record SignedIn(LiveSession session) implements Login {}

    /** The grid did not answer, so nobody knows: 503, never anonymous. */
    record Unavailable(PosternException cause) implements Login {}
}
