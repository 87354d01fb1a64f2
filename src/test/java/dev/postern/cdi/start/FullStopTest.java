package dev.postern.cdi.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.EndedSession;
import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.cdi.ApplicationNames;
import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.management.JmxSessions;
import dev.postern.cdi.settings.ConfigValues;
import dev.postern.cdi.settings.CoreSettingsReader;
import dev.postern.cdi.settings.Settings;
import dev.postern.cdi.start.CoreProducers.Database;
import dev.postern.cdi.start.CoreProducers.Internals;
import dev.postern.hazelcast.FakeNaming;
import dev.postern.hazelcast.Grid;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.row.RowTtl;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The only node of an application stops and comes back, with a database that it finds in JNDI. */
class FullStopTest {

    private static final String NAME = "java:app/jdbc/shop";
    private static final String KEY = "A".repeat(43) + "=";

    private final String namespace = "test-" + UUID.randomUUID();
    private final FakeNaming naming = FakeNaming.bind(NAME, database());

    private static JdbcDataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        return source;
    }

    @AfterEach
    void forgetTheDatabase() {
        naming.close();
    }

    /** What the producers make, as far as it concerns sessions. */
    private final class Node implements AutoCloseable {

        private final Settings settings;
        private final Grid grid;
        private final Database database;
        private final Internals internals;
        private final SessionKeeper keeper;

        Node(Map<String, String> more) {
            this.settings = settings(more);
            ApplicationNames names =
                    new ApplicationNames(settings, new DeployedApplication("shop", "shop", "", Optional.empty()));
            RowTtl lifetimes = CoreProducers.lifetimes(settings, names);
            this.grid = CoreProducers.grid(settings, names, lifetimes);
            this.database = CoreProducers.database(settings, names, grid, lifetimes);
            TokenMint mint =
                    new TokenMint(namespace, () -> settings.cache().keys().orElseThrow(), new SecureRandom());
            this.internals = new Internals(mint, new EventPublisher(event -> {}));
            this.keeper = new SessionKeeper(
                    CoreProducers.rows(settings, database, lifetimes), mint, settings.policy(), internals.events());
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

        @Override
        public void close() {
            grid.close();
        }
    }

    @Test
    @Tag("P-32")
    @Tag("P-37")
    void sessionsAndTheirEndsSurviveIt() {
        Token goesOn;
        Token signedOut;
        Token revoked;
        try (Node node = new Node(Map.of("postern.store.history", "P1D"))) {
            goesOn = node.signIn("ann");
            signedOut = node.signIn("ann");
            revoked = node.signIn("bob");
            node.keeper.end(signedOut, Ending.SIGNED_OUT);
            node.keeper.userSessions().endAll("bob");
        }
        try (Node node = new Node(Map.of("postern.store.history", "P1D"))) {
            assertThat(node.keeper.userSessions().of("ann")).hasSize(1);
            assertThat(node.resume(goesOn)).isInstanceOf(ResumeResult.Live.class);
            assertThat(node.resume(signedOut)).isInstanceOf(ResumeResult.Over.class);
            assertThat(node.resume(revoked)).isInstanceOf(ResumeResult.Over.class);
            assertThat(node.history("Ann"))
                    .extracting(EndedSession::handle, EndedSession::reason)
                    .containsExactly(tuple(signedOut.session().text(), Ending.SIGNED_OUT));
            assertThat(node.history("bob")).extracting(EndedSession::reason).containsExactly(Ending.REVOKED);
            assertThat(node.<String>figure(JmxSessions::getStoreState)).isEqualTo("up");
            assertThat(node.<Long>figure(JmxSessions::getStoreRowsRestored)).isPositive();
        }
    }

    @Test
    void withoutTheSettingNothingIsKept() {
        naming.close();
        Token token;
        try (Node node = new Node(Map.of("postern.store.data-source", "", "postern.store.create-tables", "false"))) {
            token = node.signIn("ann");
            assertThat(node.<String>figure(JmxSessions::getStoreState)).isEqualTo("off");
            assertThat(node.<Long>figure(JmxSessions::getStoreRowsWritten)).isZero();
        }
        try (Node node = new Node(Map.of("postern.store.data-source", "", "postern.store.create-tables", "false"))) {
            assertThat(node.resume(token)).isInstanceOf(ResumeResult.Absent.class);
            assertThatThrownBy(() -> node.history("ann")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void missingTablesAreOneSentence() {
        Supplier<Node> start = () -> new Node(Map.of("postern.store.create-tables", "false"));

        assertThatThrownBy(start::get)
                .isInstanceOf(PosternException.class)
                .hasMessageStartingWith("The database " + NAME + " (postern.store.data-source) cannot be used. ")
                .hasMessageContaining("server-config/database/h2.sql");
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "postern.cache.namespace",
                namespace,
                "postern.cache.hazelcast",
                "embedded",
                "postern.store.data-source",
                NAME,
                "postern.store.create-tables",
                "true",
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
