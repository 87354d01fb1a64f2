package dev.postern.session;

import dev.postern.Ending;
import dev.postern.session.token.Token;
import java.util.Optional;

/**
 * The result of resuming a session. If the grid does not answer, there is none: that is an exception.
 *
 * <p>Immutable.
 */
public sealed interface ResumeResult {

    /** The session is alive. There is a successor if this call has written its offer and has to send it. */
    record Live(LiveSession session, Optional<Token> successor) implements ResumeResult {}

    /** The session is over. */
    record Over(Ending reason) implements ResumeResult {}

    /** There is no row for the token, or none that can be read. In a split it may exist elsewhere (D7). */
    record Absent() implements ResumeResult {}

    /** This cluster did not issue the token for this application. */
    record Malformed() implements ResumeResult {}

    /** The token is retired, perhaps of a slow request. The session has a newer one. */
    record Late() implements ResumeResult {}

    /** The token is stolen. The policy says whether the session has ended because of it. */
    record Reused() implements ResumeResult {}
}
