package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.ProviderLogin;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Ended;
import dev.postern.SessionEvent.ReuseDetected;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInOvertakenException;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.ending.EndingRetrier;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.provider.ProviderLogouts.Notice;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.rotation.SessionPolicy.PerUser.AtLimit;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.RowCopies;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Handle;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.PassingCache;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What ends while the database does not answer: it is over on all nodes at once, and is not acknowledged. */
class DatabaseDownTest {

    private static final KeyRing RING = KeyRing.drawn(new byte[2 * KeyRing.KEY_BYTES]);
    private static final String ISSUER = "https://id.example";
    private static final Instant THEN = TestStores.START.minusSeconds(30);

    private final TestStores stores = new TestStores();
    private final TokenMint mint = new TokenMint("shop", () -> RING, new SecureRandom());
    private final List<SessionEvent> events = new ArrayList<>();
    private final Copies copies = new Copies();
    private final DurableStore store = stores.store();
    private final SessionKeeper keeper = keeper(store.cache(), TestRows.LIMITS);
    private final SessionKeeper other = keeper(stores.store().cache(), TestRows.LIMITS);

    /** Notes which copies were dropped on all nodes. */
    private static final class Copies implements RowCopies {

        private final List<RowKey> sessions = new ArrayList<>();
        private final List<Handle> users = new ArrayList<>();

        @Override
        public void drop(RowKey key) {}

        @Override
        public void dropEverywhere(RowKey key) {}

        @Override
        public void dropEverywhere(Handle user, Epoch epoch) {
            assertThat(epoch.notBefore()).isAfter(TestStores.START);
            users.add(user);
        }

        @Override
        public void endEverywhere(RowKey key) {
            sessions.add(key);
        }

        @Override
        public boolean hasEnded(RowKey key, Active row) {
            return false;
        }
    }

    private SessionKeeper keeper(CredentialsCache cache, SessionPolicy policy) {
        RowStore rows = new RowStore(cache, stores.codec, Duration.ofSeconds(20), TestRows.watch(stores.grid()));
        return new SessionKeeper(rows.with(copies), mint, policy, new EventPublisher(events::add));
    }

    private static LiveSession begin(SessionKeeper keeper, String user) {
        return begin(keeper, user, Optional.empty(), Map.of());
    }

    private static LiveSession begin(
            SessionKeeper keeper, String user, Optional<Token> presented, Map<String, String> attributes) {
        return keeper.begin(
                        new SignInRequest(new SessionUser(user, Set.of(), attributes), false, presented, draft -> {}))
                .orElseThrow();
    }

    private static ResumeResult resume(SessionKeeper keeper, Token token) {
        return keeper.resume(token.reveal(), TestSessions.ACTIVE);
    }

    private void setDown(boolean isDown) {
        stores.database.setBroken(isDown);
    }

    /** What a node knows that has started after a stop of all. */
    private SessionKeeper afterAFullStop() {
        stores.stopAll();
        return keeper(stores.store().cache(), TestRows.LIMITS);
    }

    private <T extends SessionEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void allSessionsOfAUserAreOverOnEveryNodeAtOnce() {
        List<Token> tokens = Stream.of("ann", "ann", "ann")
                .map(user -> begin(keeper, user).token())
                .toList();
        setDown(true);

        assertThatThrownBy(() -> other.userSessions().endAll("ann")).isInstanceOf(PosternException.class);

        assertThat(tokens)
                .allSatisfy(
                        token -> assertThat(resume(keeper, token)).isEqualTo(new ResumeResult.Over(Ending.REVOKED)));
        assertThat(events(Ended.class)).hasSize(3);
        assertThat(copies.users).containsExactly(mint.userHandle("ann"));
    }

    @Test
    void allSessionsOfAUserAreOverForGoodWhenTheCallIsRepeated() {
        Token token = begin(keeper, "ann").token();
        assertThat(TestStores.flush(store)).isTrue();
        setDown(true);
        assertThatThrownBy(() -> keeper.userSessions().endAll("ann")).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> other.userSessions().endAll("ann")).isInstanceOf(PosternException.class);
        setDown(false);

        other.userSessions().endAll("ann");

        assertThat(resume(afterAFullStop(), token)).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        assertThat(events(Ended.class)).hasSize(1);
    }

    @Test
    void soAreMoreThanAreReadAtOnce() {
        List<Token> tokens = Stream.generate(() -> begin(keeper, "ann").token())
                .limit(UnitOfWork.BATCH + 1)
                .toList();
        setDown(true);

        assertThatThrownBy(() -> other.userSessions().endAll("ann")).isInstanceOf(PosternException.class);

        assertThat(tokens)
                .allSatisfy(token -> assertThat(stores.inGrid(RowKey.of(token))).isInstanceOf(Revoked.class));
    }

    @Test
    void soAreThoseThatTheGridListsIfTheDatabaseHasTheEpochAndDoesNotListItsRows() {
        Token token = begin(keeper, "ann").token();
        stores.database.beforeEachCall(call -> {
            if (call.equals("rowsOf")) {
                throw new PosternException("The store does not answer.");
            }
        });

        assertThatThrownBy(() -> other.userSessions().endAll("ann")).isInstanceOf(PosternException.class);

        assertThat(stores.inGrid(RowKey.of(token))).isInstanceOf(Revoked.class);
        assertThat(copies.users).containsExactly(mint.userHandle("ann"));
    }

    @Test
    void soAreAllButOne() {
        LiveSession kept = begin(keeper, "ann");
        Token token = begin(keeper, "ann").token();
        setDown(true);

        assertThatThrownBy(() -> other.userSessions().endOthers("ann", kept.handle()))
                .isInstanceOf(PosternException.class);

        assertThat(resume(other, kept.token())).isInstanceOf(ResumeResult.Live.class);
        assertThat(resume(keeper, token)).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
    }

    /** Another request has changed the session between the look at it and its tombstone. */
    @Test
    void soIsOneThatIsInUse() {
        Token token = begin(keeper, "ann").token();
        List<Runnable> uses = new ArrayList<>();
        SessionKeeper busy = keeper(
                stores.store(new PassingCache(stores.grid()) {
                            @Override
                            public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
                                if (key.equals(RowKey.of(token)) && !uses.isEmpty()) {
                                    uses.remove(0).run();
                                }
                                return super.swap(key, seen, next, deadline);
                            }
                        })
                        .cache(),
                TestRows.LIMITS);
        stores.grid().pass(TestSessions.TOUCH);
        setDown(true);
        uses.add(() -> assertThat(resume(keeper, token)).isInstanceOf(ResumeResult.Live.class));

        assertThatThrownBy(() -> busy.userSessions().endAll("ann")).isInstanceOf(PosternException.class);

        assertThat(uses).isEmpty();
        assertThat(stores.inGrid(RowKey.of(token))).isInstanceOf(Revoked.class);
    }

    @Test
    void endOfOneSessionIsReportedOnceAndDropsItsCopies() {
        LiveSession session = begin(keeper, "ann");
        EndingRetrier retrier = keeper.endingRetrier("test");
        setDown(true);

        assertThatThrownBy(() -> keeper.end(session.token(), Ending.SIGNED_OUT)).isInstanceOf(PosternException.class);

        assertThat(copies.sessions).containsExactly(session.key());
        assertThat(retrier.retry()).isFalse();
        setDown(false);
        assertThat(retrier.retry()).isTrue();
        assertThat(events(Ended.class))
                .containsExactly(new Ended(session.handle().text(), Ending.SIGNED_OUT, TestStores.START));
        assertThat(resume(afterAFullStop(), session.token())).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
    }

    @Test
    void stolenTokenIsReportedOnceAndEndsItsSession() {
        Token stolen = begin(keeper, "ann").token();
        stores.grid().pass(TestSessions.RENEW);
        Token current = ((ResumeResult.Live) resume(keeper, stolen)).successor().orElseThrow();
        assertThat(resume(keeper, current)).isInstanceOf(ResumeResult.Live.class);
        stores.grid().pass(TestSessions.GRACE.multipliedBy(4));
        setDown(true);

        assertThatThrownBy(() -> resume(keeper, stolen)).isInstanceOf(PosternException.class);

        assertThat(List.of(keeper, other)).allSatisfy(node -> {
            assertThat(resume(node, stolen)).isEqualTo(new ResumeResult.Over(Ending.REUSED));
            assertThat(resume(node, current)).isEqualTo(new ResumeResult.Over(Ending.REUSED));
        });
        assertThat(events(ReuseDetected.class)).hasSize(1).allMatch(ReuseDetected::isEnded);
        assertThat(events(Ended.class)).extracting(Ended::reason).containsExactly(Ending.REUSED);
        assertThat(copies.sessions).containsExactly(RowKey.of(stolen));
    }

    @Test
    void signInOverAnothersSessionSucceedsAndTheFormerOneIsOver() {
        LiveSession former = begin(keeper, "ann");
        assertThat(begin(keeper, "bob")).as("so the node knows of bob").isNotNull();
        assertThat(TestStores.flush(store)).isTrue();
        setDown(true);

        LiveSession begun = begin(keeper, "bob", Optional.of(former.token()), Map.of());

        assertThat(List.of(keeper, other)).allSatisfy(node -> {
            assertThat(resume(node, former.token())).isEqualTo(new ResumeResult.Over(Ending.REPLACED));
            assertThat(resume(node, begun.token())).isInstanceOf(ResumeResult.Live.class);
        });
        assertThat(copies.sessions).containsExactly(former.key());
        assertThat(events(Ended.class)).extracting(Ended::reason).containsExactly(Ending.REPLACED);
        setDown(false);
        assertThat(TestStores.flush(store)).isTrue();
        SessionKeeper restarted = afterAFullStop();
        assertThat(resume(restarted, former.token())).isEqualTo(new ResumeResult.Over(Ending.REPLACED));
        assertThat(resume(restarted, begun.token())).isInstanceOf(ResumeResult.Live.class);
    }

    @Test
    void signInOverAStolenTokenSucceedsAndItsSessionIsOver() {
        Token stolen = begin(keeper, "ann").token();
        stores.grid().pass(TestSessions.RENEW);
        Token current = ((ResumeResult.Live) resume(keeper, stolen)).successor().orElseThrow();
        assertThat(resume(keeper, current)).isInstanceOf(ResumeResult.Live.class);
        stores.grid().pass(TestSessions.GRACE.multipliedBy(4));
        assertThat(keeper.userSessions().of("ann"))
                .as("so the node knows of ann")
                .hasSize(1);
        setDown(true);

        LiveSession begun = begin(keeper, "ann", Optional.of(stolen), Map.of());

        assertThat(begun.handle()).isNotEqualTo(stolen.session());
        assertThat(resume(other, current)).isEqualTo(new ResumeResult.Over(Ending.REUSED));
        assertThat(events(ReuseDetected.class)).hasSize(1);
    }

    @Test
    void signInBeyondTheLimitSucceedsAndTheOldestSessionsAreOver() {
        SessionPolicy one = TestSessions.limitedTo(1, AtLimit.EVICT_OLDEST);
        List<LiveSession> former = List.of(begin(keeper, "ann"), begin(keeper, "ann"));
        SessionKeeper limited = keeper(store.cache(), one);
        stores.grid().pass(TestSessions.TICK);
        setDown(true);

        LiveSession begun = begin(limited, "ann");

        assertThat(former)
                .allSatisfy(session ->
                        assertThat(resume(other, session.token())).isEqualTo(new ResumeResult.Over(Ending.EVICTED)));
        assertThat(resume(other, begun.token())).isInstanceOf(ResumeResult.Live.class);
    }

    /** The grid has not said whether it has the tombstone, so the former session may go on. */
    @Test
    void signInFailsIfTheGridDoesNotAnswerEither() {
        LiveSession former = begin(keeper, "ann");
        SessionKeeper failing = keeper(
                stores.store(new PassingCache(stores.grid()) {
                            @Override
                            public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
                                throw new PosternException("The grid does not answer.");
                            }
                        })
                        .cache(),
                TestRows.LIMITS);
        assertThat(begin(failing, "bob")).as("so the node knows of bob").isNotNull();
        setDown(true);

        assertThatThrownBy(() -> begin(failing, "bob", Optional.of(former.token()), Map.of()))
                .isInstanceOf(PosternException.class);

        assertThat(resume(keeper, former.token())).isInstanceOf(ResumeResult.Live.class);
    }

    @Test
    void providerEndsAllThatItNames() {
        LiveSession named = begin(keeper, "ann", Optional.empty(), login("sid1"));
        LiveSession nameless = begin(keeper, "ann", Optional.empty(), login(null));
        LiveSession another = begin(keeper, "ann", Optional.empty(), login("sid2"));
        setDown(true);

        assertThatThrownBy(() -> keeper.providerLogouts().end(notice())).isInstanceOf(PosternException.class);

        assertThat(List.of(named, nameless))
                .allSatisfy(session -> assertThat(resume(other, session.token()))
                        .isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT_AT_PROVIDER)));
        assertThat(resume(other, another.token())).isInstanceOf(ResumeResult.Live.class);
    }

    /** The second call finds the marks of the first one in the grid. */
    @Test
    void whatTheProviderHasEndedIsInTheDatabaseWhenItsSecondCallSucceeds() {
        LiveSession before = begin(keeper, "ann", Optional.empty(), login("sid2"));
        LiveSession named = begin(keeper, "bob", Optional.empty(), login("sid1"));
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(keeper.userSessions().end("bob", named.handle())).isTrue();
        setDown(true);
        assertThatThrownBy(() -> keeper.providerLogouts().end(notice())).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> keeper.providerLogouts().end(notice())).isInstanceOf(PosternException.class);
        setDown(false);

        assertThat(keeper.providerLogouts().end(notice())).isTrue();

        SessionKeeper restarted = afterAFullStop();
        assertThat(resume(restarted, before.token())).isInstanceOf(ResumeResult.Live.class);
        assertThatThrownBy(() -> begin(restarted, "ann", Optional.empty(), login("sid1")))
                .isInstanceOf(SignInOvertakenException.class);
        assertThatThrownBy(() -> begin(restarted, "ann", Optional.empty(), login(null)))
                .isInstanceOf(SignInOvertakenException.class);
    }

    /** The name of the session is in the database alone, and cannot be read. The other one is in the grid. */
    @Test
    void providerEndsWhatTheGridHasIfTheFirstNameCannotBeRead() {
        LiveSession nameless = begin(keeper, "ann", Optional.empty(), login(null));
        setDown(true);

        assertThatThrownBy(() -> keeper.providerLogouts().end(notice())).isInstanceOf(PosternException.class);

        assertThat(resume(other, nameless.token())).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT_AT_PROVIDER));
    }

    private static Map<String, String> login(@Nullable String session) {
        return new ProviderLogin(ISSUER, "a1", Optional.ofNullable(session), THEN.minusSeconds(1)).attributes();
    }

    private static Notice notice() {
        return new Notice(ISSUER, "t", Optional.of("a1"), Optional.of("sid1"), THEN, THEN.plusSeconds(600));
    }
}
