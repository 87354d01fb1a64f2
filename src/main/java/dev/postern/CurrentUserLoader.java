package dev.postern;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The application's own source of users. With one CDI bean of this type users are looked up anew: at sign-in, and while
 * their sessions last. So a role that was taken away is gone, and the session of a locked or deleted user ends. Without
 * one, users keep for a session what they had when they signed in. The counterpart of Pow's {@code reload}.
 *
 * <p>A user is looked up with each request, or with {@code postern.user.reload-every} no more often than that on each
 * node.
 *
 * <p>What the application knows of the user of a request is {@link CurrentUser#as}, and can be injected:
 * {@code @Inject @Caller Customer customer} (see {@link Caller}). Where it is a {@link java.security.Principal} with
 * the user's name, it is the caller's principal for the container too.
 *
 * <p>With {@code postern.user.reload-every} what this gives may serve several requests, also at the same time. A change
 * to it is seen by all of them. A request that signs another user in goes on with what was injected before;
 * {@link CurrentUser#as} does not. Open sockets are not closed by it: close those of a locked user with
 * {@link SignOutEverywhere}.
 *
 * <p>Any exception of a method makes the request 503: while it is unknown what a user may still do, nothing is allowed.
 *
 * <p>Implementations are safe for concurrent use.
 *
 * @param <T> the application's own type of users
 */
public interface CurrentUserLoader<T> {

    /**
     * The user of this name as they are now. Empty if there is none any more, or if they may not be signed in, because
     * the account is locked for instance: the session ends then with {@link Ending#USER_GONE}, and a sign-in is
     * refused.
     */
    Optional<T> load(String name);

    /** The roles that the user has now, instead of the groups that the identity store gave. */
    Set<String> roles(T user);

    /**
     * The one name of the user who has this one, where users have several: a number beside an e-mail address for
     * instance. All that Postern keeps for a user it keeps under this name: sessions, limits, what
     * {@link Sessions#revokeAll} ends. The default is the name itself; return it for a user without another name, and
     * for a name of no user.
     *
     * <p>It is asked with what the identity store gave at a sign-in, with the name that was typed there, after the
     * throttle and before the identity store, and with each name that {@link Sessions} or {@link SignOutEverywhere}
     * gets. The name comes without differences of case and the like, as the setting {@code postern.user.names} says,
     * and what is answered is taken so too. The answer stays the same for as long as sessions last.
     * {@link CurrentUser#name()} stays what the identity store gave.
     */
    default String canonicalName(String name) {
        return name;
    }

    /** What {@link CurrentUser#attributes()} is to say of the user, added to what the identity store said. */
    default Map<String, String> attributes(T user) {
        return Map.of();
    }
}
