package dev.postern.hazelcast;

import static dev.postern.session.TestSessions.ACTIVE;
import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.RENEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.hazelcast.call.ClusterClock;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.testing.AheadCache;
import dev.postern.testing.Race;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules of sessions over a real map, on two members. */
class SessionsOnTheGridTest {

    private static final TestCluster CLUSTER = TestCluster.ofTwo();

    private final KeyRing ring = KeyRing.drawn(random());
    private final TokenMint mint = new TokenMint("shop", () -> ring, new SecureRandom());
    private final SessionKeeper one = keeper(CLUSTER.cache(0));
    private final SessionKeeper other = keeper(CLUSTER.cache(1));
    /** More than the difference between the clocks of two members. */
    private static final Duration APART = Duration.ofSeconds(2);

    private volatile Duration ahead = Duration.ZERO;

    @AfterAll
    static void stop() {
        CLUSTER.close();
    }

    @RepeatedTest(20)
    @Tag("P-04")
    @Tag("P-19")
    @Tag("X-12")
    void areKnownOnTheOtherNodeAtOnce() {
        LiveSession begun = begin(one);

        LiveSession resumed = live(other, begun.token());

        assertThat(resumed.row()).isEqualTo(begun.row());
        assertThat(resumed.row().metadata()).isEqualTo(Map.of("second factor", "passed"));
    }

    @Test
    @Tag("P-37")
    @Tag("X-01")
    void areRefusedAfterTheirEndThoughTheMapKeepsThemForEver() {
        LiveSession begun = begin(one);
        String key = RowKey.session(mint.userHandle("ann"), begun.handle()).text();
        assertThat(CLUSTER.map().setTtl(key, 0, TimeUnit.SECONDS)).isTrue();

        ahead = IDLE.plus(APART);

        assertThat(resume(other, begun.token())).isEqualTo(new ResumeResult.Over(Ending.EXPIRED));
        assertThat(CLUSTER.map().containsKey(key)).isTrue();
        begin(one);
        assertThat(resume(one, begun.token())).isEqualTo(new ResumeResult.Over(Ending.EXPIRED));
    }

    @Test
    @Tag("P-08")
    @Tag("X-06")
    @Tag("X-07")
    void areRenewedOnOneNodeAndConfirmedOnTheOther() {
        Token former = begin(one).token();
        ahead = RENEW.plus(APART);
        Token successor = offer(one, former).orElseThrow();
        live(other, successor);

        assertThat(live(one, former).row().metadata()).isEqualTo(Map.of("second factor", "passed"));
        ahead = ahead.plus(GRACE).plus(APART);
        assertThat(resume(one, former)).isEqualTo(new ResumeResult.Late());
        ahead = ahead.plus(GRACE.multipliedBy(3));
        assertThat(resume(other, former)).isEqualTo(new ResumeResult.Reused());
        assertThat(resume(one, successor)).isEqualTo(new ResumeResult.Over(Ending.REUSED));
    }

    @RepeatedTest(20)
    @Tag("P-09")
    @Tag("P-58")
    @Tag("X-08")
    @Tag("X-22")
    @Tag("G8")
    void offerOneSuccessorToRacingRequests() throws Exception {
        Token token = begin(one).token();
        ahead = RENEW.plus(APART);

        List<Optional<Token>> offers = race(node -> offer(node, token));

        List<Token> successors = offers.stream().flatMap(Optional::stream).toList();
        assertThat(successors).hasSize(1);
        live(other, successors.get(0));
    }

    @RepeatedTest(20)
    @Tag("P-17")
    @Tag("X-18")
    void stayEndedHoweverManyRequestsRaceTheSignOut() throws Exception {
        Token token = begin(one).token();
        ahead = RENEW.plus(APART);

        List<ResumeResult> after = race(node -> {
            resume(node, token);
            node.end(token, Ending.SIGNED_OUT);
            return resume(node, token);
        });

        assertThat(after).containsOnly(new ResumeResult.Over(Ending.SIGNED_OUT));
        assertThat(resume(one, token)).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
    }

    @Test
    @Tag("P-32")
    @Tag("P-40")
    void keepTheirLimitsWhenTheirNodeDies() {
        try (TestCluster cluster = TestCluster.ofTwo()) {
            Token token = begin(keeper(cluster.cache(0))).token();
            cluster.grid(0).close();
            SessionKeeper survivor = keeper(cluster.cache(1));

            live(survivor, token);
            ahead = IDLE.plus(APART);
            assertThat(resume(survivor, token)).isEqualTo(new ResumeResult.Over(Ending.EXPIRED));
        }
    }

    @Test
    @Tag("X-03")
    void haveTheirOwnLivesInTwoNamespacesUnderOneKey() {
        HazelcastSettings guest =
                new HazelcastSettings(HazelcastSettings.Source.SERVER, Optional.empty(), List.of(), 2, 1);
        try (FakeNaming naming = FakeNaming.bind("payara/Hazelcast", CLUSTER.member());
                Grid shop = Grid.openOnAnyVersion("shop", guest, TestRows.LIFETIMES);
                Grid office = Grid.openOnAnyVersion("office", guest, TestRows.LIFETIMES)) {
            RowKey key = TestRows.key();
            write(shop, key, Duration.ofMinutes(5));
            write(office, key, Duration.ofMinutes(25));

            long apart = endOf("office", key) - endOf("shop", key);

            assertThat(Duration.ofMillis(apart)).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(21));
            assertThat(naming.lookUps()).isPositive();
        }
    }

    @Test
    @Tag("X-35")
    void goByTheClustersClockWhateverTheNodesOwnShows() {
        ClusterClock clock =
                new ClusterClock(() -> CLUSTER.member(), () -> TestSessions.START.minus(Duration.ofDays(9999)));

        assertThat(Duration.between(clock.now(), CLUSTER.cache(1).now()).abs()).isLessThan(Duration.ofSeconds(20));
    }

    private LiveSession begin(SessionKeeper node) {
        return node.begin(new SignInRequest(
                        TestSessions.user("ann"),
                        false,
                        Optional.empty(),
                        draft -> draft.put("second factor", "passed")))
                .orElseThrow();
    }

    private static ResumeResult resume(SessionKeeper node, Token token) {
        return node.resume(token.reveal(), ACTIVE);
    }

    private static Optional<Token> offer(SessionKeeper node, Token token) {
        ResumeResult result = resume(node, token);
        assertThat(result).isInstanceOf(ResumeResult.Live.class);
        return ((ResumeResult.Live) result).successor();
    }

    private static LiveSession live(SessionKeeper node, Token token) {
        ResumeResult result = resume(node, token);
        assertThat(result).isInstanceOf(ResumeResult.Live.class);
        return ((ResumeResult.Live) result).session();
    }

    private SessionKeeper keeper(CredentialsCache cache) {
        AheadCache later = new AheadCache(cache, () -> ahead);
        RowStore rows = new RowStore(
                later, RowCodec.plain(), Duration.ofSeconds(20), new ClockJumpDetector(GRACE, later::nanoTime));
        return new SessionKeeper(rows, mint, TestRows.LIMITS, new EventPublisher(event -> {}));
    }

    /** Runs the move in six requests at the same time, on alternating nodes. */
    private <T> List<T> race(Function<SessionKeeper, T> move) throws Exception {
        return Race.of(6, number -> move.apply(number % 2 == 0 ? one : other));
    }

    private static void write(Grid grid, RowKey key, Duration life) {
        CredentialsCache cache = grid.cache(TestRows.LIFETIMES, InstantSource.system());
        assertThat(cache.create(key, TestRows.live(cache.now(), life), TestSessions.soon()))
                .isTrue();
    }

    private static long endOf(String namespace, RowKey key) {
        return CLUSTER.member()
                .getMap("postern.sessions." + namespace)
                .getEntryView(key.text())
                .getExpirationTime();
    }

    private static byte[] random() {
        byte[] bytes = new byte[2 * KeyRing.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
