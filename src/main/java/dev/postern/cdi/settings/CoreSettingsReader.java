package dev.postern.cdi.settings;

import dev.postern.cdi.settings.Settings.Users;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.hazelcast.setup.MemberAddress;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.throttle.ThrottleLimits;
import dev.postern.session.token.KeyRing;
import dev.postern.session.user.UserNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes {@link Settings} of the values, and checks which values exclude each other. The ranges of all settings are in
 * this class and in {@link WebSettingsReader}.
 *
 * <p>For one thread.
 */
public final class CoreSettingsReader {

    private static final String SECOND = "PT1S";
    private static final String MONTHS = "P400D";
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern SPECIAL = Pattern.compile("[*()\\\\]*");
    private static final Pattern ANY = Pattern.compile(".+");

    /** No other scheme than {@code java:}: a name such as {@code ldap://} would load what a stranger's server sends. */
    private static final Pattern JNDI = Pattern.compile("(java:)?[A-Za-z0-9_./$-]{1,250}");

    private final ConfigValues values;

    public CoreSettingsReader(ConfigValues values) {
        this.values = values;
    }

    /** The settings; to be used only if {@link ConfigValues#wrong()} is empty afterwards. */
    public Settings read() {
        SessionPolicy policy = policy();
        WebSettings web = new WebSettingsReader(values).read();
        Settings.Cache cache = cache();
        Users users = new Users(
                throttle(),
                values.number("sign-in.most-at-once", 16, 1, 10_000),
                values.number("sign-in.most-per-user", 300, 0, 100_000),
                values.optionalDuration("user.reload-every", "PT0S", "PT1H"),
                names());
        return new Settings(
                policy, web, cache, store(), users, values.effective().toString());
    }

    private Settings.Names names() {
        return new Settings.Names(
                values.choice("user.names", UserNames.Spelling.FOLDED),
                values.text("user.names-allow", "", SPECIAL, "any of the characters * ( ) and \\"));
    }

    private Optional<ThrottleLimits> throttle() {
        boolean isOn = values.flag("sign-in.throttle", true);
        ThrottleLimits limits = ThrottleLimits.of(
                values.number("sign-in.free-tries", 5, 1, 100),
                values.number("sign-in.free-tries-per-address", 100, 1, 100_000),
                values.duration("sign-in.longest-wait", "PT15M", "PT15S", "PT24H"));
        return isOn ? Optional.of(limits) : Optional.empty();
    }

    private SessionPolicy policy() {
        SessionTimes.Limits ordinary = lifespan("session", "PT30M", "PT12H");
        SessionTimes.Limits remembered = lifespan("remember", "P14D", "P30D");
        Duration renewAfter = values.duration("session.renew-after", "PT15M", SECOND, MONTHS);
        Duration grace = values.duration("session.grace", "PT1M", SECOND, "PT10M");
        SessionPolicy.Renewal renewal = new SessionPolicy.Renewal(
                renewAfter, grace, values.choice("session.reuse", SessionPolicy.Renewal.OnReuse.REVOKE));
        Duration touchEvery = values.duration("session.touch-every", "PT1M", "PT0S", "PT1H");
        requireBelow("session.renew-after", renewAfter, "session.idle-timeout", ordinary.idle());
        requireBelow("session.grace", grace, "session.renew-after", renewAfter);
        requireBelow("session.touch-every", touchEvery, "session.idle-timeout", ordinary.idle());
        requireBelow("session.touch-every", touchEvery, "remember.idle-timeout", remembered.idle());
        SessionPolicy.PerUser perUser = new SessionPolicy.PerUser(
                values.number("session.max-per-user", 100, 0, 10_000),
                values.choice("session.at-limit", SessionPolicy.PerUser.AtLimit.EVICT_OLDEST));
        boolean mayBeRemembered = values.flag("remember.enabled", false); // otherwise no row has to live as long
        return new SessionPolicy(ordinary, mayBeRemembered ? remembered : ordinary, renewal, touchEvery, perUser);
    }

    private SessionTimes.Limits lifespan(String kind, String idle, String absolute) {
        SessionTimes.Limits lifespan = new SessionTimes.Limits(
                values.duration(kind + ".idle-timeout", idle, SECOND, MONTHS),
                values.duration(kind + ".absolute-timeout", absolute, SECOND, MONTHS));
        requireBelow(kind + ".idle-timeout", lifespan.idle(), kind + ".absolute-timeout", lifespan.absolute());
        return lifespan;
    }

    private void requireBelow(String key, Duration value, String limitKey, Duration limit) {
        values.require(
                value.compareTo(limit) < 0,
                "postern." + key + " is " + value + ", and must be shorter than postern." + limitKey + ", which is "
                        + limit + ".");
    }

    private Settings.Cache cache() {
        return new Settings.Cache(
                values.text("cache.namespace", NAMESPACE, "1 to 64 letters, digits, dots, hyphens and underscores"),
                grid(),
                values.duration("cache.timeout", "PT1S", "PT0.05S", "PT30S"),
                values.choice("cache.copies", Settings.Copies.LEASED),
                values.number("cache.copies.max", 50_000, 1, 1_000_000),
                keys());
    }

    /**
     * The database: none unless its data source is set, which needs keys. Keys that the cluster generates are gone when
     * all nodes stop, and then no token opens a session that is left.
     */
    private Optional<Settings.Store> store() {
        Optional<String> name = values.text("store.data-source", JNDI, "a JNDI name such as java:app/jdbc/shop");
        boolean createsTables = values.flag("store.create-tables", false);
        Optional<Duration> history = values.optionalDuration("store.history", "P1D", MONTHS);
        values.require(
                name.isEmpty() || values.secret("keys").isPresent(),
                "postern.store.data-source is set, which needs postern.keys and postern.keys.index.");
        values.require(
                name.isPresent() || !createsTables,
                "postern.store.create-tables is true, which needs postern.store.data-source.");
        values.require(
                name.isPresent() || history.isEmpty(),
                "postern.store.history is set, which needs postern.store.data-source.");
        return name.map(found -> new Settings.Store(found, createsTables, history));
    }

    private HazelcastSettings grid() {
        HazelcastSettings.Source source = values.choice("cache.hazelcast", HazelcastSettings.Source.AUTO);
        Optional<String> file = values.text("cache.config", ANY, "the name of a Hazelcast file");
        Optional<String> list = values.text("cache.members", ANY, "host:port pairs with a comma between, or dns:name");
        int backups = values.number("cache.backups", 2, 0, HazelcastSettings.MOST_BACKUPS);
        int minimum = values.number("cache.minimum-members", 1, 1, HazelcastSettings.MOST_MINIMUM_MEMBERS);
        try {
            List<MemberAddress> members = list.map(MemberAddress::parse).orElse(List.of());
            return new HazelcastSettings(source, file, members, backups, minimum);
        } catch (IllegalArgumentException e) {
            values.require(false, "postern.cache: " + e.getMessage());
            return HazelcastSettings.alone();
        }
    }

    /**
     * The signing keys and the index key: both or none. Without an index key a new ring would give every user another
     * handle.
     */
    private Optional<KeyRing> keys() {
        Optional<String> ring = values.secret("keys");
        Optional<String> index = values.secret("keys.index");
        values.require(
                ring.isPresent() == index.isPresent(),
                "postern.keys and postern.keys.index are set together or not at all.");
        try {
            return ring.flatMap(keys -> index.map(key -> KeyRing.parse(keys, key)));
        } catch (IllegalArgumentException e) {
            values.require(false, "postern.keys: " + e.getMessage() + ".");
            return Optional.empty();
        }
    }
}
