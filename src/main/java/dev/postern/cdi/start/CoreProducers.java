package dev.postern.cdi.start;

import dev.postern.SessionEvent;
import dev.postern.cdi.ApplicationNames;
import dev.postern.cdi.PosternExtension;
import dev.postern.cdi.bean.SessionOverNotifier;
import dev.postern.cdi.management.JmxSessions;
import dev.postern.cdi.settings.Settings;
import dev.postern.cdi.settings.WebSettings;
import dev.postern.hazelcast.Grid;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.crosssite.CsrfCheck;
import dev.postern.http.endpoint.RecentAuthentication;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.PassiveRequests;
import dev.postern.http.transport.CookieAttributes;
import dev.postern.http.transport.SessionCookie;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.SessionKeeper;
import dev.postern.session.durable.DurableStore;
import dev.postern.session.ending.EndingRetrier;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.listing.UserHistory;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowEncryption;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.UserNames;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the parts of the library, one of each for an application: from the settings to the grid, from the grid to the
 * keeper of sessions, and from that to the parts that serve requests.
 */
@Dependent
class CoreProducers {

    @Produces
    @Singleton
    static Settings settings(PosternExtension extension) {
        return extension.settings();
    }

    @Produces
    @Singleton
    static ApplicationNames applicationNames(PosternExtension extension) {
        return new ApplicationNames(extension.settings(), extension.deployed());
    }

    @Produces
    @Singleton
    static RowTtl lifetimes(Settings settings, ApplicationNames applicationNames) {
        RowCodec codec = settings.cache()
                .keys()
                .map(keys ->
                        RowCodec.encrypted(new RowEncryption(applicationNames.namespace(), keys, new SecureRandom())))
                .orElseGet(RowCodec::plain);
        return new RowTtl(
                codec, settings.policy().longestIdle(), settings.policy().longestAbsolute());
    }

    @Produces
    @Singleton
    static Grid grid(Settings settings, ApplicationNames applicationNames, RowTtl lifetimes) {
        return Grid.open(applicationNames.namespace(), settings.cache().grid(), lifetimes);
    }

    static void close(@Disposes Grid grid) {
        grid.close();
    }

    @Produces
    @Singleton
    static Database database(Settings settings, ApplicationNames applicationNames, Grid grid, RowTtl lifetimes) {
        CredentialsCache rows = grid.cache(lifetimes, InstantSource.system());
        Optional<OpenDatabase> open =
                settings.store().map(store -> OpenDatabase.open(store, applicationNames.namespace(), rows, lifetimes));
        Database database = new Database(rows, open);
        grid.beforeClose(database::close); // the container may close the grid first
        return database;
    }

    static void close(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    static RowStore rows(Settings settings, Database database, RowTtl lifetimes) {
        return new RowStore(
                database.cache(),
                lifetimes.codec(),
                settings.cache().timeout(),
                new ClockJumpDetector(settings.policy().renewal().grace(), System::nanoTime));
    }

    /**
     * What issues tokens and fires events, for the producers of this package alone. An application cannot name the
     * type, so it cannot inject a mint.
     */
    record Internals(TokenMint mint, EventPublisher events) {}

    /** The rows of the grid, and the database beside them if there is one, for the producers of this package alone. */
    record Database(CredentialsCache rows, Optional<OpenDatabase> open) {

        CredentialsCache cache() {
            return store().map(DurableStore::cache).orElse(rows);
        }

        Optional<DurableStore> store() {
            return open.map(OpenDatabase::store);
        }

        /** A session has ended on some node, perhaps on one that has no database yet. */
        void ended(RowKey key, byte[] tombstone) {
            store().ifPresent(store -> store.heard(key, tombstone));
        }

        /** Idempotent. */
        void close() {
            open.ifPresent(OpenDatabase::close);
        }
    }

    /** The copies of this node, for the producers of this package alone. */
    record Copies(SessionCopies open) {}

    @Produces
    @Singleton
    static Internals internals(
            Settings settings,
            ApplicationNames applicationNames,
            Grid grid,
            UserNames names,
            Event<SessionEvent> observers) {
        return new Internals(mint(settings, applicationNames, grid, names), new EventPublisher(observers::fire));
    }

    private static TokenMint mint(Settings settings, ApplicationNames applicationNames, Grid grid, UserNames names) {
        SecureRandom random = new SecureRandom();
        Supplier<KeyRing> keys = settings.cache()
                .keys()
                .<Supplier<KeyRing>>map(ring -> () -> ring)
                .orElseGet(() -> grid.clusterKeys(random, settings.cache().timeout()));
        return new TokenMint(applicationNames.namespace(), keys, random, names);
    }

    @Produces
    @Singleton
    static Copies copies(Settings settings, ApplicationNames applicationNames, Grid grid) {
        SessionCopies copies = SessionCopies.open(
                grid.leases(),
                settings.cache().copies() == Settings.Copies.NONE
                        ? 0
                        : settings.cache().mostCopies(),
                new SecureRandom(),
                "postern-lease-" + applicationNames.namespace());
        grid.beforeClose(copies::close); // the container may close the grid first
        return new Copies(copies);
    }

    static void close(@Disposes Copies copies) {
        copies.open().close();
    }

    @Produces
    @Singleton
    static SessionKeeper keeper(Settings settings, RowStore rows, Copies copies, Internals internals) {
        return new SessionKeeper(
                rows, Optional.of(copies.open()), internals.mint(), settings.policy(), internals.events());
    }

    @Produces
    @Singleton
    static UserHistory history(Settings settings, Database database, Internals internals) {
        return new UserHistory(
                database.open().flatMap(OpenDatabase::history),
                internals.mint(),
                settings.cache().timeout());
    }

    @Produces
    @Singleton
    static SessionOverNotifier notifier(BeanManager beans, RequestContextController context) {
        return new SessionOverNotifier(beans, context);
    }

    @Produces
    @Singleton
    static JmxSessions management(
            ApplicationNames applicationNames, Internals internals, Grid grid, Copies copies, Database database) {
        return JmxSessions.show(
                internals.events().metrics(), copies.open(), grid, database.store(), applicationNames.namespace());
    }

    static void close(@Disposes JmxSessions management) {
        management.close();
    }

    @Produces
    @Singleton
    static EndingRetrier retrier(SessionKeeper keeper, ApplicationNames applicationNames) {
        return keeper.endingRetrier(applicationNames.namespace()).start();
    }

    static void close(@Disposes EndingRetrier retrier) {
        retrier.close();
    }

    @Produces
    @Singleton
    static TokenTransport transport(Settings settings, ApplicationNames applicationNames) {
        WebSettings.Transport transport = settings.web().transport();
        WebSettings.Cookie cookie = transport.cookie();
        CookieAttributes attributes =
                new CookieAttributes(applicationNames.cookie(), cookie.path(), cookie.domain(), cookie.flags());
        return new TokenTransport(new SessionCookie(attributes, transport.plainHttp()), transport.bearer());
    }

    @Produces
    @Singleton
    static PassiveRequests passive(Settings settings) {
        return settings.web().passive();
    }

    @Produces
    @Singleton
    static CrossSiteGuard guard(Settings settings, TokenTransport transport, SessionKeeper keeper) {
        WebSettings.OtherSites sites = settings.web().otherSites();
        CrossSiteGuard guard = new CrossSiteGuard(sites.rule(), transport, sites.cors(), sites.signInPaths());
        return settings.web().transport().csrf() == CsrfCheck.Rule.REQUIRED ? guard.askingForCsrfTokens(keeper) : guard;
    }

    @Produces
    @Singleton
    static RecentAuthentication recent(Settings settings) {
        return settings.web().endpoints().recent();
    }

    @Produces
    @Singleton
    static EndpointPaths endpoints(Settings settings) {
        return settings.web().endpoints().paths().orElse(new EndpointPaths("", false));
    }
}
