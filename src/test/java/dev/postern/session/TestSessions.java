package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.MetadataDraft;
import dev.postern.SessionEvent;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowEncryption;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.CountingCache;
import dev.postern.testing.InMemoryCredentialsCache;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sessions of one namespace over the in-memory twin: their keeper, the clock that the test moves, and the events that
 * the keeper fired. All namespaces have the same keys.
 *
 * <p>For one thread.
 */
public final class TestSessions {

    public static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    public static final Duration TICK = Duration.ofMillis(1);
    public static final Duration RENEW = TestRows.LIMITS.renewal().after();
    public static final Duration GRACE = TestRows.LIMITS.renewal().grace();
    public static final Duration TOUCH = TestRows.LIMITS.touchEvery();
    public static final Duration IDLE = TestRows.LIMITS.ordinary().idle();
    public static final Duration ABSOLUTE = TestRows.LIMITS.ordinary().absolute();
    public static final ResumeRequest ACTIVE = ResumeRequest.active(draft -> {});

    private static final KeyRing RING = KeyRing.drawn(random());

    private final RowEncryption encryption;
    private final RowCodec codec;
    private final List<SessionEvent> events = new ArrayList<>();
    private final TokenMint mint;
    private final InMemoryCredentialsCache twin;
    private final CountingCache cache;
    private final SessionKeeper keeper;
    private final SessionPolicy limits;

    public TestSessions() {
        this("shop", TestRows.LIMITS);
    }

    public TestSessions(String namespace, SessionPolicy limits) {
        this.limits = limits;
        encryption = new RowEncryption(namespace, RING, new SecureRandom());
        codec = RowCodec.encrypted(encryption);
        mint = new TokenMint(namespace, () -> RING, new SecureRandom());
        twin = new InMemoryCredentialsCache(new RowTtl(codec, limits.longestIdle(), limits.longestAbsolute()), START);
        cache = new CountingCache(twin);
        keeper = new SessionKeeper(rows(cache), mint, limits, new EventPublisher(events::add));
    }

    /** The usual limits, under which a copy that is used is only refused. */
    public static SessionPolicy rejecting() {
        SessionPolicy.Renewal renewal = new SessionPolicy.Renewal(RENEW, GRACE, SessionPolicy.Renewal.OnReuse.REJECT);
        return new SessionPolicy(
                TestRows.LIMITS.ordinary(),
                TestRows.LIMITS.remembered(),
                renewal,
                TOUCH,
                SessionPolicy.PerUser.UNLIMITED);
    }

    /** The usual limits, and so many sessions for a user. */
    public static SessionPolicy limitedTo(int most, SessionPolicy.PerUser.AtLimit atLimit) {
        SessionPolicy usual = TestRows.LIMITS;
        return new SessionPolicy(
                usual.ordinary(),
                usual.remembered(),
                usual.renewal(),
                usual.touchEvery(),
                new SessionPolicy.PerUser(most, atLimit));
    }

    /** How its rows are written: sealed. */
    public RowCodec codec() {
        return codec;
    }

    /** The rows of a cache, under the clock of the twin. */
    public RowStore rows(CredentialsCache of) {
        return new RowStore(of, codec, Duration.ofSeconds(1), TestRows.watch(twin));
    }

    public SessionKeeper keeper() {
        return keeper;
    }

    /** A keeper of the same sessions with no state of this one, and without a listener. */
    public SessionKeeper onAnotherNode() {
        return new SessionKeeper(rows(cache), mint, limits, new EventPublisher(event -> {}));
    }

    /** A keeper of the same sessions on a node that has these copies. */
    public SessionKeeper onANodeWith(SessionCopies copies) {
        return new SessionKeeper(rows(cache), Optional.of(copies), mint, limits, new EventPublisher(event -> {}));
    }

    /** A sign-in over a session. */
    public static SignInRequest signIn(String name, Token presented) {
        return new SignInRequest(user(name), false, Optional.of(presented), draft -> {});
    }

    /** A keeper of the same sessions that tells somebody else what happens. */
    public SessionKeeper onANodeThatTells(Consumer<SessionEvent> listener) {
        return new SessionKeeper(rows(cache), mint, limits, new EventPublisher(listener));
    }

    public InMemoryCredentialsCache twin() {
        return twin;
    }

    public CountingCache cache() {
        return cache;
    }

    public TokenMint mint() {
        return mint;
    }

    public List<SessionEvent> events() {
        return List.copyOf(events);
    }

    public <T extends SessionEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public static SessionUser user(String name) {
        return new SessionUser(name, Set.of("clerk"), Map.of());
    }

    public LiveSession begin(String name) {
        return begin(name, false, Optional.empty());
    }

    public LiveSession remember(String name) {
        return begin(name, true, Optional.empty());
    }

    /** Signs in over a session. */
    public LiveSession beginOver(Token presented, String name) {
        return begin(name, false, Optional.of(presented));
    }

    public LiveSession beginWith(String name, Consumer<MetadataDraft> contributors) {
        return keeper.begin(new SignInRequest(user(name), false, Optional.empty(), contributors))
                .orElseThrow();
    }

    /** The session that a user begins, if the limits allow one more. */
    public Optional<LiveSession> tryToBegin(String name) {
        return keeper.begin(new SignInRequest(user(name), false, Optional.empty(), draft -> {}));
    }

    private LiveSession begin(String name, boolean isRemembered, Optional<Token> presented) {
        return keeper.begin(new SignInRequest(user(name), isRemembered, presented, draft -> {}))
                .orElseThrow();
    }

    public ResumeResult resume(Token token) {
        return keeper.resume(token.reveal(), ACTIVE);
    }

    public void end(Token token) {
        keeper.end(token, Ending.SIGNED_OUT);
    }

    /** The successor that comes with the token, which lets its client in. */
    public Optional<Token> offer(Token token) {
        ResumeResult result = resume(token);
        assertThat(result).isInstanceOf(ResumeResult.Live.class);
        return ((ResumeResult.Live) result).successor();
    }

    /** The session of the token, which lets its client in. */
    public LiveSession live(Token token) {
        ResumeResult result = resume(token);
        assertThat(result).isInstanceOf(ResumeResult.Live.class);
        return ((ResumeResult.Live) result).session();
    }

    /** Lets the token become due, and gives it its successor, which then comes into use. */
    public Token renewed(Token token) {
        twin.pass(RENEW);
        Token successor = offer(token).orElseThrow();
        live(successor);
        return successor;
    }

    public Optional<SessionRow> row(Token token) {
        return twin.read(RowKey.of(token), soon()).flatMap(row -> codec.decode(RowKey.of(token), row));
    }

    public Active active(Token token) {
        return (Active) row(token).orElseThrow();
    }

    /** Overwrites the session's row with bytes, as the library never does. */
    public void spoil(Token token, byte[] bytes) {
        byte[] seen = twin.read(RowKey.of(token), soon()).orElseThrow();
        assertThat(twin.swap(RowKey.of(token), seen, bytes, soon())).isTrue();
    }

    /** Writes another row over the session's. */
    public void spoil(Token token, SessionRow row) {
        spoil(token, codec.encode(RowKey.of(token), row));
    }

    /** Writes over the session's row what no codec would have sealed. */
    public void spoilSealed(Token token, byte[] format) {
        spoil(token, encryption.encrypt(RowKey.of(token), format));
    }

    /** Ends all sessions of the token's user that were begun before the time, as far as they ask. */
    public void createEpoch(Token token, Instant notBefore) {
        byte[] epoch = codec.encode(RowKey.epoch(token.user()), new SessionRow.Epoch(notBefore, Optional.empty()));
        assertThat(twin.create(RowKey.epoch(token.user()), epoch, soon())).isTrue();
    }

    public static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }

    private static byte[] random() {
        byte[] bytes = new byte[2 * KeyRing.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
