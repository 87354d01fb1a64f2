package dev.postern.bench;

import com.hazelcast.map.IMap;
import dev.postern.jdbc.JdbcStore;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.durable.DurableStore;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowEncryption;
import dev.postern.session.row.RowTtl;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/**
 * Postern's sessions on a cluster, put together as the wiring of an application does.
 *
 * <p>Safe for concurrent use.
 */
final class OurSessions {

    private static final int MOST_COPIES = 10_000;

    /** Longer than the product's second, so that a pause of the machine ends no run. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What the contributors of the jar note, of a browser and an address of usual length. */
    static final Map<String, String> NOTES = Map.of(
            "address", "203.0.113.107",
            "firstSeenAddress", "203.0.113.107",
            "firstSeenAt", "2026-11-27T06:00:00.123Z",
            "userAgent",
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36");

    private static final ResumeRequest ACTIVE = ResumeRequest.active(draft -> {});
    private static final KeyRing RING = KeyRing.parse(
            "1:cG9zdGVybiBiZW5jaG1hcmtzLCBzaWduaW5nIGtleSE=", "cG9zdGVybiBiZW5jaG1hcmtzLCB0aGUgaW5kZXgga2V5");

    private final MemberCluster cluster;
    private final RowCodec codec;
    private final SessionPolicy limits;
    private final TokenMint mint = new TokenMint(Member.NAMESPACE, () -> RING, new SecureRandom());

    private OurSessions(MemberCluster cluster, RowCodec codec, SessionPolicy limits) {
        this.cluster = cluster;
        this.codec = codec;
        this.limits = limits;
    }

    /** Sessions with the product's own limits. */
    static OurSessions plain(MemberCluster cluster) {
        return with(cluster, Member.LIMITS);
    }

    static OurSessions with(MemberCluster cluster, SessionPolicy limits) {
        return new OurSessions(cluster, RowCodec.plain(), limits);
    }

    /** Sessions of which nobody who reads the grid can learn anything. */
    static OurSessions sealed(MemberCluster cluster) {
        return new OurSessions(
                cluster,
                RowCodec.encrypted(new RowEncryption(Member.NAMESPACE, RING, new SecureRandom())),
                Member.LIMITS);
    }

    /** Each check asks the grid. */
    SessionKeeper strict() {
        return keeper(grid());
    }

    /** Checks may rest on copies, under a lease. */
    SessionKeeper leased() {
        return with(copies(MOST_COPIES));
    }

    /** So many copies at most, under a lease of their own. */
    SessionCopies copies(int most) {
        return SessionCopies.open(cluster.grid().leases(), most, new SecureRandom(), "lease");
    }

    /** Checks may rest on these copies. */
    SessionKeeper with(SessionCopies copies) {
        return keeper(grid(), Optional.of(copies));
    }

    /**
     * Sessions that a database keeps as well. Each check asks the grid.
     *
     * <p>Safe for concurrent use.
     */
    static final class Durable implements AutoCloseable {

        private final JdbcStore database;
        private final DurableStore store;
        private final SessionKeeper keeper;

        private Durable(OurSessions ours, DataSource source) {
            database = JdbcStore.open(source, Member.NAMESPACE, true, Duration.ZERO, InstantSource.system());
            store = DurableStore.open(database.rows(), ours.grid(), ours.lifetimes(), "store");
            keeper = ours.keeper(store.cache());
        }

        SessionKeeper keeper() {
            return keeper;
        }

        /** Waits until the database has all that was written to the grid. */
        void flush() {
            Awaitility.await("rows are in the database")
                    .until(() -> store.metrics().waiting() == 0);
        }

        @Override
        public void close() {
            store.close();
            database.close();
        }
    }

    Durable durable(DataSource source) {
        return new Durable(this, source);
    }

    private CredentialsCache grid() {
        return cluster.grid().cache(lifetimes(), InstantSource.system());
    }

    private RowTtl lifetimes() {
        return new RowTtl(codec, limits.longestIdle(), limits.longestAbsolute());
    }

    private SessionKeeper keeper(CredentialsCache cache) {
        return keeper(cache, Optional.empty());
    }

    private SessionKeeper keeper(CredentialsCache cache, Optional<SessionCopies> copies) {
        RowStore rows = new RowStore(
                cache, codec, PATIENCE, new ClockJumpDetector(limits.renewal().grace(), System::nanoTime));
        return new SessionKeeper(rows, copies, mint, limits, new EventPublisher(event -> {}));
    }

    IMap<String, Object> map() {
        return cluster.hazelcast().getMap("postern.sessions." + Member.NAMESPACE);
    }

    /** Begins a session for each of so many users. */
    List<LiveSession> fill(int users) {
        return fill(IntStream.range(0, users).mapToObj(OurSessions::name));
    }

    /** Begins so many sessions for a user. */
    List<LiveSession> fill(String user, int sessions) {
        return fill(Stream.generate(() -> user).limit(sessions));
    }

    private List<LiveSession> fill(Stream<String> users) {
        Bulk bulk = new Bulk(map());
        SessionKeeper keeper = keeper(bulk);
        List<LiveSession> sessions = users.map(user -> begin(keeper, user)).toList();
        bulk.flush();
        return sessions;
    }

    static String name(int user) {
        return String.format("user%07d@example.org", user);
    }

    static LiveSession begin(SessionKeeper keeper, String user) {
        return keeper.begin(new SignInRequest(
                        new SessionUser(user, Set.of("clerk", "customer"), Map.of()),
                        false,
                        Optional.empty(),
                        draft -> NOTES.forEach(draft::put)))
                .orElseThrow();
    }

    /** Checks a token as a request does that counts as a use. Throws when it is not let in. */
    static ResumeResult.Live check(SessionKeeper keeper, String token) {
        if (keeper.resume(token, ACTIVE) instanceof ResumeResult.Live live) {
            return live;
        }
        throw new IllegalStateException("A session that lives was not let in.");
    }
}
