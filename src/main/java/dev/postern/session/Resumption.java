package dev.postern.session;

/**
 * What became of a token that this cluster issued. <em>Broken</em> is none of these: it is an exception.
 *
 * <p>Immutable.
 */
public sealed interface Resumption {

    /** The session is alive. */
    record Live(LiveSession session) implements Resumption {}

    /** The session was there and is over. */
    record Over(Ending reason) implements Resumption {}

    /** There is no such session that can be read; perhaps elsewhere, in a split (D7). */
    record Absent() implements Resumption {}

    /** The token is not the one that the session goes by. */
    record Refused() implements Resumption {}
}
