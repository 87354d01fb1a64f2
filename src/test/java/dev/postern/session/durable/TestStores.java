package dev.postern.session.durable;

import dev.postern.Ending;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.generation.Generation;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.RetiredTokens;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowEncryption;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.SecretHash;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.InMemoryDurableRows;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Nodes over one grid and one database, in memory and with encrypted rows. No thread writes: the test flushes. The
 * clock is the grid's.
 *
 * <p>For one thread, except that each part is safe for concurrent use.
 */
final class TestStores {

    static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    static final KeyRing RING = KeyRing.drawn(new byte[2 * KeyRing.KEY_BYTES]);

    final RowCodec codec = RowCodec.encrypted(new RowEncryption("shop", RING, new SecureRandom()));
    final RowTtl lifetimes = new RowTtl(codec, TestRows.LIMITS.longestIdle(), TestRows.LIMITS.longestAbsolute());
    final InMemoryDurableRows database = new InMemoryDurableRows(() -> grid().now());
    private InMemoryCredentialsCache grid = new InMemoryCredentialsCache(lifetimes, START);

    InMemoryCredentialsCache grid() {
        return grid;
    }

    /** A node. */
    DurableStore store() {
        return store(grid);
    }

    /** A node with its own way to the grid. */
    DurableStore store(CredentialsCache of) {
        return store(database, of);
    }

    /** A node with its own ways to the database and the grid. */
    DurableStore store(DurableRows rows, CredentialsCache of) {
        return new DurableStore(rows, of, lifetimes, "store-test", () -> grid().nanoTime());
    }

    /** All nodes stop, and the grid is gone. Nodes that are made from now on have a new one. */
    void stopAll() {
        grid = new InMemoryCredentialsCache(lifetimes, grid.now());
    }

    /** A key and its user, of this test alone. */
    RowKey key() {
        return TestRows.key();
    }

    byte[] live(RowKey key) {
        return live(key, grid.now());
    }

    /** The row of a session that was created at the start, and used last at this time. */
    byte[] live(RowKey key, Instant used) {
        return live(key, used, Map.of());
    }

    /** Like {@link #live(RowKey, Instant)}, with this metadata. */
    byte[] live(RowKey key, Instant used, Map<String, String> metadata) {
        SessionTimes times = SessionTimes.startingAt(START, TestRows.LIMITS.ordinary())
                .usedAt(used, TestRows.LIMITS.ordinary().idle());
        Generation generation = new Generation(
                1, START, 1, SecretHash.read(new byte[SecretHash.BYTES]), OfferedTokens.NONE, RetiredTokens.NONE);
        return codec.encode(
                key,
                new Active(
                        new SessionUser("ann", Set.of(), Map.of()), times, Set.of("pwd"), generation, false, metadata));
    }

    byte[] over(RowKey key) {
        return codec.encode(
                key, new Revoked(grid.now(), Ending.SIGNED_OUT, grid.now().plus(Duration.ofHours(12))));
    }

    byte[] epoch(RowKey key, Instant notBefore) {
        return codec.encode(key, new Epoch(notBefore, Optional.empty()));
    }

    SessionRow decoded(RowKey key, byte[] row) {
        return codec.decode(key, row).orElseThrow();
    }

    /** What the grid has. */
    SessionRow inGrid(RowKey key) {
        return decoded(key, grid.read(key, soon()).orElseThrow());
    }

    /** What the database has. */
    SessionRow inDatabase(RowKey key) {
        return decoded(key, database.row(key).orElseThrow().bytes());
    }

    /** A living session that both have. */
    byte[] begun(DurableStore store, RowKey key) {
        byte[] row = live(key);
        boolean unused = store.cache().create(key, row, soon());
        unused = flush(store);
        return row;
    }

    static boolean flush(DurableStore store) {
        return store.flusher().flush(TestStores::soon);
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
