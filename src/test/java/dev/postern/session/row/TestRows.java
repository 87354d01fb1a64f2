package dev.postern.session.row;

import dev.postern.Ending;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.generation.Generation;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.RetiredTokens;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.Handle;
import dev.postern.session.token.SecretHash;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.InMemoryCredentialsCache;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Real rows in bytes, each different from all before, and the limits under which they live. */
public final class TestRows {

    public static final SessionPolicy LIMITS = new SessionPolicy(
            new SessionTimes.Limits(Duration.ofMinutes(30), Duration.ofHours(12)),
            new SessionTimes.Limits(Duration.ofDays(14), Duration.ofDays(30)),
            new SessionPolicy.Renewal(
                    Duration.ofMinutes(15), Duration.ofMinutes(1), SessionPolicy.Renewal.OnReuse.REVOKE),
            Duration.ofMinutes(1),
            SessionPolicy.PerUser.UNLIMITED);

    public static final RowTtl LIFETIMES = new RowTtl(RowCodec.plain(), LIMITS.longestIdle(), LIMITS.longestAbsolute());

    private static final RowFormat FORMAT = new RowFormat();
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private TestRows() {}

    /** Rows of a cache whose clock the twin moves, and with it the machine's own. */
    public static RowStore rows(CredentialsCache cache, InMemoryCredentialsCache twin) {
        return new RowStore(cache, RowCodec.plain(), Duration.ofSeconds(1), watch(twin));
    }

    /** A watch over the clock of the twin. */
    public static ClockJumpDetector watch(InMemoryCredentialsCache twin) {
        return new ClockJumpDetector(LIMITS.renewal().grace(), twin::nanoTime);
    }

    /** A key that no other test has. */
    public static RowKey key() {
        return RowKey.session(handle(), handle());
    }

    /** So many of them. */
    public static List<RowKey> keys(int number) {
        return Stream.generate(TestRows::key).limit(number).toList();
    }

    /** Another key of the same user, then the user's epoch. */
    public static RowKey sibling(RowKey key) {
        return RowKey.session(user(key), handle());
    }

    public static RowKey epoch(RowKey key) {
        return RowKey.epoch(user(key));
    }

    /** The row of a live session that ends at {@code idle} from now. */
    public static byte[] live(Instant now, Duration idle) {
        int number = COUNTER.incrementAndGet();
        SessionUser user = new SessionUser("user " + number, Set.of("clerk"), Map.of());
        SessionTimes times = SessionTimes.startingAt(now, new SessionTimes.Limits(idle, Duration.ofDays(30)));
        Generation generation = new Generation(
                number,
                now,
                number,
                SecretHash.read(new byte[SecretHash.BYTES]),
                OfferedTokens.NONE,
                RetiredTokens.NONE);
        return FORMAT.encode(new SessionRow.Active(user, times, Set.of("pwd"), generation, false, Map.of()));
    }

    /** The tombstone of a session that could have lived for as long as {@code absolute} from now. */
    public static byte[] tombstone(Instant now, Duration absolute) {
        return FORMAT.encode(new SessionRow.Revoked(
                now.plusMillis(COUNTER.incrementAndGet()), Ending.SIGNED_OUT, now.plus(absolute)));
    }

    /** The row that ends all sessions of a user that were begun before. */
    public static byte[] epochRow(Instant notBefore) {
        return FORMAT.encode(new SessionRow.Epoch(notBefore, Optional.empty()));
    }

    /** Whose key it is. */
    public static Handle user(RowKey key) {
        return new Handle(key.text().substring(0, 22));
    }

    private static Handle handle() {
        byte[] bytes = new byte[Handle.BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Handle.of(bytes);
    }
}
