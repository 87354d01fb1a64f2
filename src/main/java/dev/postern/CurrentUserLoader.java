package dev.postern;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The application's own source of users. With one CDI bean of this type users are looked up at sign-in and while their
 * sessions last. So a role that was taken away is gone, and the session of a locked or deleted user ends. Without such
 * a bean users keep for a session what they had when they signed in. The counterpart of {@code reload} in Pow (Elixir).
 *
 * <p>A user is looked up with each request. With the setting {@code postern.user.reload-every}, a duration, it is at
 * most once in that time on each node. What the loader gave then serves several requests, also in parallel, and all of
 * them see a change to it.
 *
 * <p>The application reads the user with {@link CurrentUser#as}, or injects it with {@link Caller @Caller}. A user that
 * is a {@link java.security.Principal} with the user's name is the container's caller principal too. When a request
 * signs another user in, what was injected before stays; {@link CurrentUser#as} changes.
 *
 * <p>Open sockets are not closed by a lookup: fire {@link SignOutEverywhere} for a locked user.
 *
 * <p>Any exception of a method makes the answer 503. While it is unknown what a user may do, nothing is allowed.
 *
 * <p>Implementations are safe for concurrent use.
 *
 * @param <T> the application's own type of users
 */
public interface CurrentUserLoader<T> {

    /**
     * The user of this name now. Empty if there is none any more, or if the user may not be signed in, with a locked
     * account for instance. Then the session ends with {@link Ending#USER_GONE}, and a sign-in is refused.
     */
    Optional<T> load(String name);

    /**
     * The user's groups now, instead of those that the identity store gave. They are roles unless the server maps them.
     */
    Set<String> roles(T user);

    /**
     * The one name of a user who has several, such as a number beside an e-mail address. Postern keeps everything of a
     * user under this name: sessions, limits, what {@link Sessions#revokeAll} ends. For a user with one name, and for a
     * name of no user, it is the name itself, which is the default.
     *
     * <p>It is called with three kinds of names. At a sign-in: the name that was typed, after the throttle and before
     * the identity store, and the name that the identity store gave. Elsewhere: each name that {@link Sessions} or
     * {@link SignOutEverywhere} gets.
     *
     * <p>Names come without differences of case and the like, as the setting {@code postern.user.names} says, and the
     * result is treated so too. The result for a name has to stay the same for as long as sessions last.
     * {@link CurrentUser#name()} stays what the identity store gave.
     */
    default String canonicalName(String name) {
        return name;
    }

    /**
     * What {@link CurrentUser#attributes()} says of the user besides what the identity store said. Nothing by default.
     */
    default Map<String, String> attributes(T user) {
        return Map.of();
    }
}
