package dev.postern.cdi.settings;

import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.throttle.ThrottleLimits;
import dev.postern.session.token.KeyRing;
import dev.postern.session.user.UserNames;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of one application, checked.
 *
 * <p>Immutable.
 *
 * @param policy how long sessions live, how they are renewed, and how many one user has
 * @param store the database that keeps sessions when all nodes stop; empty if there is none
 * @param effective all values in effect, for the log; secrets are hidden
 */
public record Settings(
        SessionPolicy policy, WebSettings web, Cache cache, Optional<Store> store, Users users, String effective) {

    private static final String ATTRIBUTE = Settings.class.getName();

    /** Leaves these settings for {@link #takeFrom}, so that a web module reads its configuration once. */
    public void leaveIn(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /**
     * Takes the settings that the initializer has left. The context does not keep them, because they hold keys.
     * Empty if there are none: Payara runs the initializer in another class loader if the descriptor orders this jar.
     */
    public static Optional<Settings> takeFrom(ServletContext context) {
        Object left = context.getAttribute(ATTRIBUTE);
        context.removeAttribute(ATTRIBUTE);
        return left instanceof Settings settings ? Optional.of(settings) : Optional.empty();
    }

    /**
     * Settings about users.
     *
     * @param throttle how failed sign-ins are throttled; empty if they are not
     * @param mostAtOnce how many credentials are checked at once
     * @param mostPerUser how often one user may sign in within ten minutes; 0 for any number
     * @param reloadEvery how often a user is looked up anew; empty for the default
     * @param names which names mean one user
     */
    public record Users(
            Optional<ThrottleLimits> throttle,
            int mostAtOnce,
            int mostPerUser,
            Optional<Duration> reloadEvery,
            Names names) {}

    /** How names of users are compared, and which special characters they may have. */
    public record Names(UserNames.Spelling spelling, String allowed) {}

    /** Whether a node accepts requests by copies of rows. */
    public enum Copies {
        /** While it holds a lease, so an end of a session waits until the copies are dropped. */
        LEASED,
        /** Each check reads the grid. */
        NONE
    }

    /**
     * Settings about the credentials cache.
     *
     * @param namespace the namespace of the rows; empty if it is derived from the application's name
     * @param timeout how long a request waits for the grid
     * @param copies whether this node accepts requests by copies of rows
     * @param mostCopies how many copies it keeps
     * @param keys the keys that sign tokens and encrypt rows; empty if the cluster generates its own
     */
    public record Cache(
            Optional<String> namespace,
            HazelcastSettings grid,
            Duration timeout,
            Copies copies,
            int mostCopies,
            Optional<KeyRing> keys) {}

    /**
     * Settings about the database that keeps sessions when all nodes stop. There are keys then.
     *
     * @param dataSource the JNDI name of its data source
     * @param createsTables whether tables that are missing are created
     * @param history how long ended sessions can be listed; empty if they cannot
     */
    public record Store(String dataSource, boolean createsTables, Optional<Duration> history) {}
}
