package dev.postern.histories;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.InMemoryCredentialsCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One session of one user: the server's side with its grid, the network, and the clock. Whatever the server answers goes past
 * the {@link Referee}.
 *
 * <p>For one thread.
 */
final class World {

    static final Duration GRACE = TestRows.LIMITS.renewal().grace();

    /** As often as the settings allow a secret to be renewed: hardly a grace after it came into use. */
    static final SessionPolicy HURRIED = new SessionPolicy(
            TestRows.LIMITS.ordinary(),
            TestRows.LIMITS.remembered(),
            new SessionPolicy.Renewal(GRACE.plusSeconds(1), GRACE, SessionPolicy.Renewal.OnReuse.REVOKE),
            Duration.ZERO,
            SessionPolicy.PerUser.UNLIMITED);

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_ROLLBACKS = GRACE.multipliedBy(4);
    private static final SessionUser ANN = new SessionUser("ann", Set.of("clerk"), Map.of());
    private static final KeyRing RING = KeyRing.drawn(new byte[64]);

    final Referee referee = new Referee(this);
    private final InMemoryCredentialsCache twin = new InMemoryCredentialsCache(TestRows.LIFETIMES, START);
    final SimulatedNetwork network = new SimulatedNetwork(twin);
    final FaultyCache cache = new FaultyCache(twin, network::hurryOne);
    private final RowCodec codec = RowCodec.plain();
    private final SessionKeeper keeper;
    private final RowKey key;
    private final String firstText;
    private Instant lastRollback = START;

    World(long seed, SessionPolicy limits) {
        TokenMint mint = new TokenMint("shop", () -> RING, new Random(seed));
        keeper = new SessionKeeper(TestRows.rows(cache, twin), mint, limits, new EventPublisher(this::happened));
        LiveSession begun = keeper.begin(new SignInRequest(ANN, false, Optional.empty(), draft -> {}))
                .orElseThrow();
        key = RowKey.session(mint.userHandle(ANN.name()), begun.handle());
        firstText = begun.token().reveal();
        referee.began(begun);
    }

    Instant now() {
        return twin.now();
    }

    /** What the first client holds. */
    String firstText() {
        return firstText;
    }

    /** The row as it really is. */
    Optional<SessionRow> row() {
        return twin.read(key, Deadline.in(PATIENCE)).flatMap(row -> codec.decode(key, row));
    }

    ResumeResult resume(String text, ResumeRequest use) {
        return keeper.resume(text, use);
    }

    LiveSession signIn(String text) {
        Optional<Token> presented = keeper.recognise(text);
        return keeper.begin(new SignInRequest(ANN, false, presented, draft -> {}))
                .orElseThrow();
    }

    void signOut(String text) {
        keeper.recognise(text).ifPresent(token -> keeper.end(token, Ending.SIGNED_OUT));
    }

    /** The grid takes the last change of the row back; not again while requests from before that are under way. */
    void rollBack() {
        if (now().isAfter(lastRollback.plus(BETWEEN_ROLLBACKS)) && cache.rollBack(key, Deadline.in(PATIENCE))) {
            lastRollback = now();
            referee.rolledBack();
        }
    }

    /** The cluster's clock jumps; the machines' own do not. */
    void jump(Duration by) {
        twin.jump(by);
        referee.jumped(by);
    }

    private void happened(SessionEvent event) {
        referee.heard(event);
    }
}
