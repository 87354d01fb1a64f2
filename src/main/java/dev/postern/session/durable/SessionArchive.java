package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.token.Handle;
import java.util.List;

/**
 * The sessions of users that are over, for as long as the application keeps them. Without a history there are none.
 *
 * <p>Safe for concurrent use.
 */
public interface SessionArchive {

    /**
     * The sessions of the user that ended last, newest end first.
     *
     * @throws PosternException if the database does not answer before the deadline
     */
    List<PastSession> newestOf(Handle user, int most, Deadline deadline);
}
