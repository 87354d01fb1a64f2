package dev.postern;

import java.util.List;
import java.util.Optional;

/**
 * The sessions of users: lists them, and ends them on all nodes. Inject it anywhere. On a thread that serves no request
 * the caller is anonymous. The methods that name a user work there too, and are for administrators: the code that calls
 * them has checked that.
 *
 * <p>A session that is ended is refused at its next request on any node. Ending all sessions of a user reaches those
 * too that this node cannot see, in a split for instance: they end at the next sign-in, renewal, or use that is written
 * down. A list shows what this node can see: all of it in a whole cluster, perhaps not all while members join and
 * leave. The sessions of one user are listed for one caller at a time on a node. A few more wait; others get a
 * {@link PosternException}, and can try again soon.
 *
 * <p>A name is that of its user in any spelling that the setting {@code postern.user.names} takes for the same, and any
 * other name of theirs that {@link CurrentUserLoader#canonicalName} knows.
 *
 * <p>Every method throws {@link PosternException} when the cluster does not answer in time; the sessions may have been
 * ended all the same, and the call can be repeated. Safe for concurrent use.
 */
public interface Sessions {

    /** How many sessions one call lists at most. */
    int MOST = 100;

    /** The session of this request; empty for an anonymous caller. */
    Optional<Session> current();

    /** The sessions of the caller, newest first, {@value #MOST} at most; none for an anonymous caller. */
    List<Session> mine();

    /**
     * The first page of the sessions of the caller, newest first; empty for an anonymous caller.
     *
     * @param limit how many at most, from 1 to {@value #MOST}
     */
    SessionPage mine(int limit);

    /**
     * The page behind another one.
     *
     * @param after what that page gave as {@link SessionPage#next()}
     * @param limit how many at most, from 1 to {@value #MOST}
     * @throws IllegalArgumentException when it did not, or the limit is out of its range
     */
    SessionPage mine(String after, int limit);

    /**
     * Ends one session of the caller. False, and nothing happens, when the caller has no living session of that handle.
     * Ending the current one leaves the rest of the request signed in; {@code HttpServletRequest.logout()} does not.
     */
    boolean revoke(String handle);

    /**
     * Ends all sessions of the caller but the current one. False, and nothing happens, when the current one has ended
     * by now, on another node for instance.
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

    /** The sessions of the user of that name, newest first, {@value #MOST} at most. */
    List<Session> of(String user);

    /**
     * The first page of the sessions of the user of that name, newest first.
     *
     * @param limit how many at most, from 1 to {@value #MOST}
     */
    SessionPage of(String user, int limit);

    /**
     * The page behind another one.
     *
     * @param after what that page gave as {@link SessionPage#next()}
     * @param limit how many at most, from 1 to {@value #MOST}
     * @throws IllegalArgumentException when it did not, or the limit is out of its range
     */
    SessionPage of(String user, String after, int limit);

    /** Ends one session of a user. False when the user has no living session of that handle. */
    boolean revoke(String user, String handle);

    /**
     * Ends all sessions of a user: the account was closed, the password changed, a role taken away. A sign-in is
     * refused that is under way then. An epoch of the user that cannot be read is replaced.
     */
    void revokeAll(String user);

    /**
     * Users with living sessions, in an order that stays the same: the first page.
     *
     * @param limit how many at most, from 1 to 1000
     */
    UserPage users(int limit);

    /**
     * The page behind another one.
     *
     * @param after what that page gave as {@link UserPage#next()}
     * @param limit how many at most, from 1 to 1000
     * @throws IllegalArgumentException when it did not, or the limit is out of its range
     */
    UserPage users(String after, int limit);

    /** How many users and sessions there are. It reads them all, so it takes as long as that does. */
    SessionCount count();
}
