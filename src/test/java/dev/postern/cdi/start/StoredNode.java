package dev.postern.cdi.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import dev.postern.EndedSession;
import dev.postern.cdi.ApplicationNames;
import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.management.JmxSessions;
import dev.postern.cdi.settings.ConfigValues;
import dev.postern.cdi.settings.CoreSettingsReader;
import dev.postern.cdi.settings.Settings;
import dev.postern.cdi.start.CoreProducers.Database;
import dev.postern.cdi.start.CoreProducers.Internals;
import dev.postern.hazelcast.Grid;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.durable.StoreMetrics;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowTtl;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A node of an application with a database that it finds in JNDI: what the producers make, as far as it concerns
 * sessions. For one thread.
 */
final class StoredNode implements AutoCloseable {

    private static final String KEY = "A".repeat(43) + "=";

    private final String namespace;
    private final Settings settings;
    private final Grid grid;
    private final Database database;
    private final Internals internals;
    private final RowTtl lifetimes;
    final SessionKeeper keeper;

    /**
     * A node alone.
     *
     * @param source where the data source is; an empty text for none
     */
    StoredNode(String namespace, String source, Map<String, String> more) {
        this.namespace = namespace;
        this.settings = settings(namespace, source, more);
        ApplicationNames names =
                new ApplicationNames(settings, new DeployedApplication("shop", "shop", "", Optional.empty()));
        this.lifetimes = CoreProducers.lifetimes(settings, names);
        this.grid = CoreProducers.grid(settings, names, lifetimes);
        this.database = CoreProducers.database(settings, names, grid, lifetimes);
        TokenMint mint = mint(new SecureRandom());
        this.internals = new Internals(mint, new EventPublisher(event -> {}));
        this.keeper = new SessionKeeper(
                CoreProducers.rows(settings, database, lifetimes), mint, settings.policy(), internals.events());
    }

    /** What issues the tokens of this node, from these numbers. */
    TokenMint mint(RandomGenerator random) {
        return new TokenMint(namespace, () -> settings.cache().keys().orElseThrow(), random);
    }

    RowTtl lifetimes() {
        return lifetimes;
    }

    SessionPolicy policy() {
        return settings.policy();
    }

    StoreMetrics store() {
        return database.store().orElseThrow().metrics();
    }

    Token signIn(String user) {
        LiveSession session = keeper.begin(
                        new SignInRequest(TestSessions.user(user), false, Optional.empty(), draft -> {}))
                .orElseThrow();
        return session.token();
    }

    ResumeResult resume(Token token) {
        return keeper.resume(token.reveal(), TestSessions.ACTIVE);
    }

    List<EndedSession> history(String user) {
        return CoreProducers.history(settings, database, internals).of(user, 100);
    }

    <T> T figure(Function<JmxSessions, T> of) {
        SessionCopies none = SessionCopies.open(grid.leases(), 0, new SecureRandom(), "unused");
        try (JmxSessions shown =
                JmxSessions.show(internals.events().metrics(), none, grid, database.store(), namespace)) {
            return of.apply(shown);
        }
    }

    /** Ends the only member of this JVM as a kill does. What the node still has to write must be none by then. */
    void crash() {
        Hazelcast.getAllHazelcastInstances()
                .forEach(member -> member.getLifecycleService().terminate());
    }

    @Override
    public void close() {
        grid.close();
    }

    private static Settings settings(String namespace, String source, Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "postern.cache.namespace",
                namespace,
                "postern.cache.timeout",
                "PT10S",
                "postern.cache.hazelcast",
                "embedded",
                "postern.store.data-source",
                source,
                "postern.store.create-tables",
                source.isEmpty() ? "false" : "true",
                "postern.keys",
                "1:" + KEY,
                "postern.keys.index",
                KEY));
        given.putAll(more);
        ConfigValues values =
                new ConfigValues(name -> Optional.ofNullable(given.get(name)).filter(value -> !value.isEmpty()));
        Settings read = new CoreSettingsReader(values).read();
        assertThat(values.wrong()).isEmpty();
        return read;
    }
}
