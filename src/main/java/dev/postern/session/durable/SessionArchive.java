package dev.postern.session.durable;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.List;

/**
 * The sessions of users that are over, for as long as the application keeps them. Without a history there are none.
 *
 * <p>Safe for concurrent use.
 */
public interface SessionArchive {

    /**
     * A session that is over.
     *
     * <p>Immutable.
     *
     * @param begun when it began
     * @param ended when it was ended
     */
    record PastSession(Handle session, Instant begun, Instant ended, Ending reason) {}

    /**
     * The sessions of the user that ended last, newest end first.
     *
     * @throws PosternException if the database does not answer before the deadline
     */
    List<PastSession> newestOf(Handle user, int most, Deadline deadline);
}
