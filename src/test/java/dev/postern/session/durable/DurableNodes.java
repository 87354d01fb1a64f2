package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.session.SessionKeeper;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowEncryption;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.Handle;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TokenMint;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.InMemoryDurableRows;
import dev.postern.testing.PassingCache;
import dev.postern.testing.PassingRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Nodes with the real keeper over one grid and one database, in memory and in virtual time. Each call of the grid and
 * of the database is a pause of {@link Turns}. Some of them fail. Then that is counted as trouble.
 *
 * <p>For one thread at a time.
 */
final class DurableNodes {

    static final int NODES = 3;

    /** How often in a row the time is asked for by a call that waits. Others ask a few times. */
    private static final int WAITING = 100;

    private static final int MOST_FLUSHES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final KeyRing RING = KeyRing.drawn(new byte[2 * KeyRing.KEY_BYTES]);

    /** Renews as often as possible, and writes every use. */
    static final SessionPolicy POLICY = new SessionPolicy(
            new SessionTimes.Limits(Duration.ofHours(100), Duration.ofHours(200)),
            TestRows.LIMITS.remembered(),
            new SessionPolicy.Renewal(
                    Duration.ofSeconds(61), Duration.ofMinutes(1), SessionPolicy.Renewal.OnReuse.REVOKE),
            Duration.ZERO,
            SessionPolicy.PerUser.UNLIMITED);

    final Turns turns;
    private final Random random;
    private final Consumer<SessionEvent> listener;
    private final StoreFault fault;
    private final int gridTroubles;
    private final RowCodec codec;
    private final RowTtl lifetimes;
    private final TokenMint mint;
    private final InMemoryDurableRows database = new InMemoryDurableRows(() -> this.now());
    private InMemoryCredentialsCache grid;
    private final List<Node> nodes = new ArrayList<>();
    private boolean isDatabaseDown;
    private int troubles;

    /**
     * Nodes that have started.
     *
     * @param gridTroubles how many of a hundred writes to the grid fail
     */
    DurableNodes(Random random, StoreFault fault, Turns turns, int gridTroubles, Consumer<SessionEvent> listener) {
        this.random = random;
        this.fault = fault;
        this.turns = turns;
        this.gridTroubles = gridTroubles;
        this.listener = listener;
        this.codec = RowCodec.encrypted(new RowEncryption("shop", RING, random));
        this.lifetimes = new RowTtl(codec, POLICY.longestIdle(), POLICY.longestAbsolute());
        this.mint = new TokenMint("shop", () -> RING, random);
        this.grid = new InMemoryCredentialsCache(lifetimes, TestStores.START);
        startAll();
    }

    /** A node, until it stops. */
    final class Node {

        private final DurableStore store;
        private final SessionKeeper keeper;

        Node() {
            CredentialsCache way = new TroubledGrid(grid);
            store = new DurableStore(
                    new TroubledRows(fault.in(database)), way, lifetimes, "node", () -> grid.nanoTime());
            keeper = new SessionKeeper(
                    new RowStore(store.cache(), codec, PATIENCE, TestRows.watch(grid)),
                    mint,
                    POLICY,
                    new EventPublisher(listener));
        }

        SessionKeeper keeper() {
            return keeper;
        }

        boolean isFlushed() {
            return store.flusher().flush(() -> Deadline.in(PATIENCE));
        }

        void flush() {
            boolean unused = isFlushed();
        }

        /** As at a graceful stop: writes again while a write finds more to write. */
        boolean isDrained() {
            boolean isFlushed = isFlushed();
            for (int times = 0; times < MOST_FLUSHES && isFlushed && !isIdle(); times++) {
                isFlushed = isFlushed();
            }
            return isFlushed && isIdle();
        }

        boolean isIdle() {
            return store.flusher().hasWrittenAll();
        }
    }

    Instant now() {
        return grid.now();
    }

    void pass(Duration time) {
        grid.pass(time);
    }

    List<Node> nodes() {
        return nodes;
    }

    /** How many calls have failed, or were answered wrongly, so far. */
    int troubles() {
        return troubles;
    }

    void failOver(Duration behind) {
        database.failOver(behind);
    }

    boolean isDatabaseDown() {
        return isDatabaseDown;
    }

    void setDatabaseDown(boolean isDown) {
        isDatabaseDown = isDown;
        database.setBroken(isDown);
    }

    /** The grid is gone, and with it all that the nodes had in memory. The database stays. */
    void restartAll() {
        grid = new InMemoryCredentialsCache(lifetimes, grid.now());
        startAll();
    }

    private void startAll() {
        nodes.clear();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node());
        }
    }

    /** One node loses what it had in memory. */
    void restart(int number) {
        nodes.set(number, new Node());
    }

    private boolean isUnlucky(int percent) {
        return turns.isTurn() && random.nextInt(100) < percent;
    }

    private PosternException trouble(String what) {
        troubles++;
        return new PosternException(what);
    }

    /** A grid that fails now and then, and of whose lists a row may be missing. */
    private final class TroubledGrid extends PassingCache {

        private final InMemoryCredentialsCache whole;
        private int asked;

        TroubledGrid(InMemoryCredentialsCache whole) {
            super(whole);
            this.whole = whole;
        }

        /** Virtual time passes for a call that waits until the clock shows a time. */
        @Override
        public Instant now() {
            if (++asked > WAITING) {
                pass(Duration.ofMillis(1));
                asked = 0;
            }
            return super.now();
        }

        private void pause() {
            asked = 0;
            turns.pause();
        }

        @Override
        public Optional<byte[]> read(RowKey key, Deadline deadline) {
            pause();
            return super.read(key, deadline);
        }

        @Override
        public Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
            pause();
            if (isUnlucky(3)) {
                throw trouble("The grid did not answer.");
            }
            return whole.readAll(keys, deadline);
        }

        @Override
        public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
            pause();
            Map<RowKey, byte[]> rows = new HashMap<>(super.rowsOf(user, deadline));
            if (isUnlucky(20)) {
                rows.keySet().stream()
                        .filter(key -> key.session().isPresent())
                        .sorted()
                        .findFirst()
                        .ifPresent(rows::remove);
            }
            return rows;
        }

        @Override
        public boolean create(RowKey key, byte[] row, Deadline deadline) {
            return write(() -> super.create(key, row, deadline));
        }

        @Override
        public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
            return write(() -> super.swap(key, seen, next, deadline));
        }

        private boolean write(Supplier<Boolean> write) {
            pause();
            if (isUnlucky(gridTroubles)) {
                throw trouble("The grid failed.");
            }
            boolean isWritten = write.get();
            if (isUnlucky(1)) {
                throw trouble("The grid failed after the write.");
            }
            if (isUnlucky(1)) {
                troubles++;
                return false;
            }
            return isWritten;
        }
    }

    /** A database that now and then writes and does not say so. */
    private final class TroubledRows extends PassingRows {

        TroubledRows(DurableRows rows) {
            super(rows);
        }

        private <T> T call(Supplier<T> call) {
            turns.pause();
            if (isDatabaseDown) {
                throw trouble("The store is down.");
            }
            return call.get();
        }

        private void write(Runnable write) {
            boolean isLost = call(() -> {
                write.run();
                return isUnlucky(2);
            });
            if (isLost) {
                throw trouble("The reply of the store is lost.");
            }
        }

        @Override
        public Map<RowKey, byte[]> read(Collection<RowKey> keys, Deadline deadline) {
            return call(() -> super.read(keys, deadline));
        }

        @Override
        public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
            return call(() -> super.rowsOf(user, deadline));
        }

        @Override
        public void end(Collection<DurableRow> tombstones, Deadline deadline) {
            write(() -> super.end(tombstones, deadline));
        }

        @Override
        public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
            write(() -> super.undo(tombstone, living, deadline));
        }

        @Override
        public void write(Collection<DurableRow> living, Deadline deadline) {
            write(() -> super.write(living, deadline));
        }

        @Override
        public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
            write(() -> super.merge(row, winner, deadline));
        }
    }
}
