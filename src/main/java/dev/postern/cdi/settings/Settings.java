package dev.postern.cdi.settings;

import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.throttle.ThrottleLimits;
import dev.postern.session.token.KeyRing;
import dev.postern.session.user.UserNames;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of one application, checked.
 *
 * <p>Immutable.
 */
public record Settings(SessionPolicy limits, WebSettings web, Cache cache, Users users, String effective) {

    /**
     * What concerns users: how many failed sign-ins cost no wait, unless they are not counted, how many credentials are
     * checked at once, how often one user may sign in within ten minutes, 0 for any number, how often a user is looked
     * up anew when that is not left to the default, and which names are one user's.
     */
    public record Users(
            Optional<ThrottleLimits> tries,
            int mostAtOnce,
            int mostPerUser,
            Optional<Duration> reloadEvery,
            Names names) {}

    /** How names are compared, and which of the special characters they may have. */
    public record Names(UserNames.Spelling spelling, String allowed) {}

    /**
     * What concerns the credentials cache: its namespace, which is the application's name unless it is set, the grid,
     * how long a request waits for it, how stale an answer may be that rests on this node's copy of a row, and the keys
     * that sign and seal. These are absent when none are configured, so that the cluster draws its own.
     */
    public record Cache(
            Optional<String> namespace,
            HazelcastSettings grid,
            Duration timeout,
            Duration staleness,
            Optional<KeyRing> keys) {}
}
