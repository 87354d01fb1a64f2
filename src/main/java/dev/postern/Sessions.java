package dev.postern;

import java.util.List;
import java.util.Optional;

/**
 * The sessions of users: lists them, and ends them on all nodes. Inject it anywhere.
 *
 * <p>Methods without a user's name are for the caller of the request. On a thread that serves no request the caller is
 * anonymous. Methods with a user's name work on any thread and are for administrators: the code that calls them has to
 * check that.
 *
 * <p>A session that is ended is refused at its next request on any node. Ending all sessions of a user also reaches
 * those that this node cannot see, on the other side of a split for instance. They end at the next sign-in, renewal, or
 * use that is written down.
 *
 * <p>A list shows what this node can see: everything in a whole cluster, perhaps less while members join and leave. A
 * node lists the sessions of one user for one caller at a time. A few more callers wait; the others get a {@link
 * PosternException}, and can try again soon.
 *
 * <p>A user's name may be in any spelling that the setting {@code postern.user.names} takes for the same. It may also
 * be another name of the user, if {@link CurrentUserLoader#canonicalName} knows it. A name of no user has no sessions.
 *
 * <p>Every method throws {@link PosternException} when the cluster does not answer in time. The sessions may have been
 * ended nevertheless, and the call can be repeated. Ending is idempotent.
 *
 * <p>Safe for concurrent use.
 */
public interface Sessions {

    /** How many sessions one call lists at most. */
    int MOST = 100;

    /** The session of this request; empty for an anonymous caller. */
    Optional<Session> current();

    /** The sessions of the caller, newest first, at most {@value #MOST}; empty for an anonymous caller. */
    List<Session> mine();

    /**
     * The first page of the sessions of the caller, newest first; empty for an anonymous caller.
     *
     * @param limit how many at most, from 1 to {@value #MOST}
     * @throws IllegalArgumentException when the limit is out of its range
     */
    SessionPage mine(int limit);

    /**
     * The next page.
     *
     * @param after {@link SessionPage#next()} of the page before
     * @param limit how many at most, from 1 to {@value #MOST}
     * @throws IllegalArgumentException when no page gave {@code after}, or the limit is out of its range
     */
    SessionPage mine(String after, int limit);

    /**
     * Ends one session of the caller. False, without an effect, if the caller has no living session of that handle.
     *
     * <p>Ending the current session leaves the rest of the request signed in.
     * {@link jakarta.servlet.http.HttpServletRequest#logout HttpServletRequest.logout()} does not.
     */
    boolean revoke(String handle);

    /**
     * Ends all sessions of the caller but the current one. False, without an effect, if the current one has ended
     * meanwhile, on another node for instance.
     *
     * @throws IllegalStateException when the caller is anonymous
     */
    boolean revokeOthers();

    /**
     * Ends all sessions of the caller, the current one included, from the next request on.
     *
     * @throws IllegalStateException when the caller is anonymous
     */
    void revokeMine();

    /** The sessions of the user of that name, newest first, at most {@value #MOST}. */
    List<Session> of(String user);

    /**
     * The first page of the sessions of the user of that name, newest first.
     *
     * @param limit how many at most, from 1 to {@value #MOST}
     * @throws IllegalArgumentException when the limit is out of its range
     */
    SessionPage of(String user, int limit);

    /**
     * The next page.
     *
     * @param after {@link SessionPage#next()} of the page before
     * @param limit how many at most, from 1 to {@value #MOST}
     * @throws IllegalArgumentException when no page gave {@code after}, or the limit is out of its range
     */
    SessionPage of(String user, String after, int limit);

    /** Ends one session of a user. False, without an effect, if the user has no living session of that handle. */
    boolean revoke(String user, String handle);

    /**
     * Ends all sessions of a user, when the account was closed, the password changed or a role taken away. A sign-in of
     * the user that is under way is refused.
     */
    void revokeAll(String user);

    /**
     * The sessions of the user of that name that were ended within the setting {@code postern.store.history}, the last
     * one first, at most {@value #MOST}. Sessions that expired are not among them: nothing is written down then.
     *
     * @throws IllegalStateException when that setting is not set
     */
    List<EndedSession> history(String user);

    /**
     * The first page of the users with living sessions, in an order that stays the same.
     *
     * @param limit how many at most, from 1 to 1000
     * @throws IllegalArgumentException when the limit is out of its range
     */
    UserPage users(int limit);

    /**
     * The next page of users.
     *
     * @param after {@link UserPage#next()} of the page before
     * @param limit how many at most, from 1 to 1000
     * @throws IllegalArgumentException when no page gave {@code after}, or the limit is out of its range
     */
    UserPage users(String after, int limit);

    /** Counts users and sessions. It reads all rows of the cluster: not for each request. */
    SessionCount count();
}
