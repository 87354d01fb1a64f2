package dev.postern.cdi.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.EndedSession;
import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.cdi.management.JmxSessions;
import dev.postern.hazelcast.FakeNaming;
import dev.postern.hazelcast.SplitCluster;
import dev.postern.session.ResumeResult;
import dev.postern.session.token.Token;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The only node of an application stops or crashes, and comes back, with a database that it finds in JNDI. */
class FullStopTest {

    private static final String NAME = "java:app/jdbc/shop";

    private final String namespace = "test-" + UUID.randomUUID();
    private final FakeNaming naming = FakeNaming.bind(NAME, database());

    private static JdbcDataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        return source;
    }

    private StoredNode node(Map<String, String> more) {
        return new StoredNode(namespace, NAME, more);
    }

    @AfterEach
    void forgetTheDatabase() {
        naming.close();
    }

    @Test
    @Tag("P-32")
    @Tag("P-37")
    void sessionsAndTheirEndsSurviveIt() {
        Token goesOn;
        Token signedOut;
        Token revoked;
        try (StoredNode node = node(Map.of("postern.store.history", "P1D"))) {
            goesOn = node.signIn("ann");
            signedOut = node.signIn("ann");
            revoked = node.signIn("bob");
            node.keeper.end(signedOut, Ending.SIGNED_OUT);
            node.keeper.userSessions().endAll("bob");
        }
        try (StoredNode node = node(Map.of("postern.store.history", "P1D"))) {
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

    /** What waits is written without being asked, and an end before it is acknowledged. */
    @Test
    @Tag("P-32")
    void crashLosesNothingThatWasWrittenAndRevivesNothing() {
        StoredNode crashed = node(Map.of());
        Token goesOn = crashed.signIn("ann");
        Token signedOut = crashed.signIn("ann");
        SplitCluster.await("all is written", () -> crashed.<Long>figure(JmxSessions::getStoreRowsWaiting) == 0);
        crashed.keeper.end(signedOut, Ending.SIGNED_OUT);
        crashed.crash();

        try (crashed;
                StoredNode node = node(Map.of())) {
            assertThat(node.resume(goesOn)).isInstanceOf(ResumeResult.Live.class);
            assertThat(node.resume(signedOut)).isInstanceOf(ResumeResult.Over.class);
        }
    }

    @Test
    void withoutTheSettingNothingIsKept() {
        naming.close();
        Token token;
        try (StoredNode node = new StoredNode(namespace, "", Map.of())) {
            token = node.signIn("ann");
            assertThat(node.<String>figure(JmxSessions::getStoreState)).isEqualTo("off");
            assertThat(node.<Long>figure(JmxSessions::getStoreRowsWritten)).isZero();
        }
        try (StoredNode node = new StoredNode(namespace, "", Map.of())) {
            assertThat(node.resume(token)).isInstanceOf(ResumeResult.Absent.class);
            assertThatThrownBy(() -> node.history("ann")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void missingTablesAreOneSentence() {
        Supplier<StoredNode> start = () -> node(Map.of("postern.store.create-tables", "false"));

        assertThatThrownBy(start::get)
                .isInstanceOf(PosternException.class)
                .hasMessageStartingWith("The database " + NAME + " (postern.store.data-source) cannot be used. ")
                .hasMessageContaining("server-config/database/h2.sql");
    }
}
