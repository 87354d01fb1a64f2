package dev.postern.session;

import dev.postern.Ending;
import dev.postern.session.token.Token;
import java.util.Optional;

/**
 * What became of a token. <em>Broken</em> is none of these: it is an exception.
 *
 * <p>Immutable.
 */
public sealed interface ResumeResult {

    /** The session is alive. The successor is there when this call has won the right to send it. */
    record Live(LiveSession session, Optional<Token> successor) implements ResumeResult {}

    /** The session was there and is over. */
    record Over(Ending reason) implements ResumeResult {}

    /** There is no such session that can be read; perhaps elsewhere, in a split (D7). */
    record Absent() implements ResumeResult {}

    /** This cluster did not issue the token for this application. */
    record Malformed() implements ResumeResult {}

    /** The session goes by a newer token. */
    record Late() implements ResumeResult {}

    /** The token is a copy. Whether the session is over because of it is a matter of the limits. */
    record Reused() implements ResumeResult {}
}
