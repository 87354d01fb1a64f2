package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.ProviderLogin;
import dev.postern.jdbc.JdbcStore;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.StatementCounter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often a request waits for a database, which is an H2. What is written later does not count. */
class RoundTripsTest {

    private static final SessionPolicy POLICY = new SessionPolicy(
            TestRows.LIMITS.ordinary(),
            TestRows.LIMITS.remembered(),
            TestRows.LIMITS.renewal(),
            TestRows.LIMITS.touchEvery(),
            new SessionPolicy.PerUser(100, SessionPolicy.PerUser.AtLimit.EVICT_OLDEST));

    private final TestStores stores = new TestStores();
    private final StatementCounter counter = new StatementCounter(database());
    private final JdbcStore tables = JdbcStore.open(
            counter.source(), "shop", true, Duration.ZERO, () -> stores.grid().now());
    private Node node = new Node();

    private static JdbcDataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        return source;
    }

    /** A node, without the thread that writes. */
    private final class Node {

        private final DurableStore store = stores.store(tables.rows(), stores.grid());
        private final SessionKeeper keeper = new SessionKeeper(
                new RowStore(store.cache(), stores.codec, Duration.ofSeconds(20), TestRows.watch(stores.grid())),
                new TokenMint("shop", () -> TestStores.RING, new SecureRandom()),
                POLICY,
                new EventPublisher(event -> {}));
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private Token signIn(String name) {
        return signIn(TestSessions.user(name));
    }

    private Token signIn(SessionUser user) {
        return node.keeper
                .begin(new SignInRequest(
                        user,
                        Set.of(),
                        false,
                        Optional.empty(),
                        draft -> {},
                        Optional.of(node.keeper.start(user.name()))))
                .map(LiveSession::token)
                .orElseThrow();
    }

    private ResumeResult resume(Token token) {
        return node.keeper.resume(token.reveal(), TestSessions.ACTIVE);
    }

    /** What is not written yet is written now, and what was asked until now does not count. */
    private void settle() {
        assertThat(TestStores.flush(node.store)).isTrue();
        assertThat(counter.asked()).isNotEmpty();
    }

    private void stopAll() {
        settle();
        stores.stopAll();
        node = new Node();
    }

    @Test
    void signInOfAnUnknownUserAsksOnce() {
        assertThat(counter.asked()).isNotEmpty();

        signIn("ann");

        assertThat(counter.asked()).containsExactly("SELECT");
    }

    @Test
    void signInOfAKnownUserDoesNotAsk() {
        signIn("ann");
        settle();

        signIn("ann");

        assertThat(counter.asked()).isEmpty();
    }

    @Test
    void signInOfAUserWhomAnotherNodeKnowsAsksOnce() {
        signIn("ann");
        settle();
        node = new Node();

        signIn("ann");

        assertThat(counter.asked()).containsExactly("SELECT");
    }

    @Test
    void firstSignInAfterAFullStopAsksOnceAndSeesTheSessionsOfBefore() {
        signIn("ann");
        signIn("ann");
        stopAll();

        signIn("ann");

        assertThat(counter.asked()).containsExactly("SELECT");
        assertThat(node.keeper.userSessions().of("ann")).hasSize(3);
        assertThat(counter.asked()).isEmpty();
    }

    /** The names are known only after the identity provider was asked, and may have ended. */
    @Test
    void signInAtAnIdentityProviderAsksForItsNamesWithOneMore() {
        assertThat(counter.asked()).isNotEmpty();
        ProviderLogin login = new ProviderLogin(
                "https://op.example", "sub", Optional.of("sid"), stores.grid().now());

        signIn(new SessionUser("ann", Set.of(), login.attributes()));

        assertThat(counter.asked()).containsExactly("SELECT", "SELECT");
    }

    @Test
    void checkOfARowInTheGridDoesNotAsk() {
        Token token = signIn("ann");
        settle();

        assertThat(resume(token)).isInstanceOf(ResumeResult.Live.class);

        assertThat(counter.asked()).isEmpty();
    }

    @Test
    void firstUseAfterAFullStopAsksOnce() {
        Token token = signIn("ann");
        stopAll();

        assertThat(resume(token)).isInstanceOf(ResumeResult.Live.class);
        assertThat(resume(token)).isInstanceOf(ResumeResult.Live.class);

        assertThat(counter.asked()).containsExactly("SELECT");
    }

    @Test
    void signOutWritesOnce() {
        Token token = signIn("ann");
        settle();

        node.keeper.end(token, Ending.SIGNED_OUT);

        assertThat(counter.asked()).containsExactly("MERGE");
    }

    @Test
    void endOfOneOfTheUsersSessionsWritesOnce() {
        Handle session = signIn("ann").session();
        settle();

        assertThat(node.keeper.userSessions().end("ann", session)).isTrue();

        assertThat(counter.asked()).containsExactly("MERGE");
    }

    @Test
    void endOfASessionThatOnlyTheDatabaseHasAsksOnceBefore() {
        Handle session = signIn("ann").session();
        stopAll();

        assertThat(node.keeper.userSessions().end("ann", session)).isTrue();

        assertThat(counter.asked()).containsExactly("SELECT", "MERGE");
    }

    @Test
    void soDoesTheEndOfAllAfterAFullStop() {
        Token token = signIn("ann");
        stopAll();

        node.keeper.userSessions().endAll("ann");

        assertThat(counter.asked()).containsExactly("SELECT", "INSERT");
        assertThat(resume(token)).isInstanceOf(ResumeResult.Over.class);
    }

    @Test
    void endOfAllWritesOnceHoweverManyThereAre() {
        Token one = signIn("ann");
        Token another = signIn("ann");
        settle();

        node.keeper.userSessions().endAll("ann");

        assertThat(counter.asked()).containsExactly("INSERT");
        assertThat(resume(one)).isInstanceOf(ResumeResult.Over.class);
        stores.stopAll(); // before anything else is written
        node = new Node();
        assertThat(resume(one)).isInstanceOf(ResumeResult.Over.class);
        assertThat(resume(another)).isInstanceOf(ResumeResult.Over.class);
    }

    @Test
    void soDoesTheEndOfAllOthers() {
        Token kept = signIn("ann");
        Token other = signIn("ann");
        settle();

        assertThat(node.keeper.userSessions().endOthers("ann", kept.session())).isTrue();

        assertThat(counter.asked()).containsExactly("INSERT");
        stopAll();
        assertThat(resume(kept)).isInstanceOf(ResumeResult.Live.class);
        assertThat(resume(other)).isInstanceOf(ResumeResult.Over.class);
    }

    /** Their tombstones are for the history, and for lists of those who are signed in. */
    @Test
    void endOfAllAsksOnceMoreIfTheNodeDoesNotKnowTheUser() {
        signIn("ann");
        settle();
        node = new Node();

        node.keeper.userSessions().endAll("ann");

        assertThat(counter.asked()).containsExactly("INSERT", "SELECT");
    }

    @Test
    void listOfAUserAsksOnce() {
        signIn("ann");
        stopAll();

        assertThat(node.keeper.userSessions().of("ann")).hasSize(1);
        assertThat(node.keeper.userSessions().of("ann")).hasSize(1);

        assertThat(counter.asked()).containsExactly("SELECT");
    }

    /** Its row has been removed since. */
    @Test
    void absentSessionIsLookedUpOnceInASecond() {
        Token token = signIn("ann");
        stores.stopAll();
        node = new Node();
        assertThat(counter.asked()).isNotEmpty();

        assertThat(resume(token)).isInstanceOf(ResumeResult.Absent.class);
        assertThat(resume(token)).isInstanceOf(ResumeResult.Absent.class);
        assertThat(counter.asked()).containsExactly("SELECT");

        stores.grid().pass(DurableCredentialsCache.ABSENT);
        assertThat(resume(token)).isInstanceOf(ResumeResult.Absent.class);
        assertThat(counter.asked()).containsExactly("SELECT");
    }
}
