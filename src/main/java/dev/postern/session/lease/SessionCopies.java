package dev.postern.session.lease;

import dev.postern.PosternException;
import dev.postern.session.concurrent.DaemonThreads;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.store.RowCopies;
import dev.postern.session.token.Handle;
import dev.postern.session.token.KnownToken;
import dev.postern.session.token.Token;
import dev.postern.session.user.ConfirmedRoles;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Copies of the sessions that this node has read lately. While it has a {@link Lease} it accepts a request by a copy,
 * without a read of the grid. Only what is accepted without a write is decided so. All else needs the row in the grid.
 *
 * <p>Code that ends or changes a session calls {@link #dropEverywhere}. When that returns, no node accepts a request by
 * an older copy. A node that cannot be reached delays the call by a lease at most, and the promise holds.
 *
 * <p>Safe for concurrent use.
 */
public final class SessionCopies implements RowCopies, AutoCloseable {

    private static final Logger LOG = System.getLogger(SessionCopies.class.getName());
    private static final long CLOSING_SECONDS = 5;

    private final LeaseGrid grid;
    private final LeaseTerms terms;
    private final LongSupplier nanoTime;
    private final CopyTable table;
    private final Lease lease = new Lease();
    private final RecentDrops recent;
    private final LeaseMetrics metrics = new LeaseMetrics();
    private final LeaseKeeper keeper;
    private final CopyRevoker revoker;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Copies that begin to count once the node has a lease.
     *
     * @param most the most copies; with none this node takes no lease, and still makes others drop theirs
     * @param random for ids that no other node has
     * @param name of the thread that keeps the lease
     */
    public static SessionCopies open(LeaseGrid grid, int most, RandomGenerator random, String name) {
        SessionCopies copies =
                new SessionCopies(grid, LeaseTerms.USUAL, most, () -> newId(random), name, System::nanoTime);
        if (most > 0) {
            copies.thread.start();
        }
        return copies;
    }

    private static String newId(RandomGenerator random) {
        byte[] drawn = new byte[Handle.BYTES];
        random.nextBytes(drawn);
        return Handle.of(drawn).text();
    }

    SessionCopies(
            LeaseGrid grid, LeaseTerms terms, int most, Supplier<String> ids, String name, LongSupplier nanoTime) {
        this.grid = grid;
        this.terms = terms;
        this.nanoTime = nanoTime;
        this.table = new CopyTable(most);
        this.recent = new RecentDrops(terms.settling());
        this.keeper = new LeaseKeeper(grid, terms, lease, table, ids, nanoTime, metrics);
        this.revoker = new CopyRevoker(grid, terms, ids.get(), keeper::ids, metrics);
        this.thread = new DaemonThreads(name).newThread(this::keepLease);
        grid.listen(this::receive);
        grid.whenEnded(key -> drop(new Invalidation.Session(key, true)));
    }

    /**
     * The token in a text, and its session, if a copy says that the token is current and nothing has to be written. The
     * lease is looked at before the copy: a lease that ends in between drops the copy.
     */
    public Optional<Accepted> find(String text, Instant now) {
        if (!lease.isValid(nanoTime.getAsLong())) {
            return Optional.empty();
        }
        CopyTable.Copy copy = table.get(text);
        return copy != null && now.isBefore(copy.until()) && !now.isBefore(copy.from())
                ? copy.token().in(text).map(token -> new Accepted(token, copy.row(), copy.roles()))
                : Optional.empty();
    }

    /**
     * A token that is accepted by a copy.
     *
     * @param roles what the container has confirmed for as long as there is this copy
     */
    public record Accepted(Token token, Active row, ConfirmedRoles roles) {}

    /**
     * The row of the token's session is about to be read. The read is noted before the lease is looked at: if the lease
     * ends in between, what it drops includes this read.
     */
    public Reading reading(Token token) {
        return new Reading(token, table.begin(token), lease.isValid(nanoTime.getAsLong()));
    }

    /** A read of a row, which may become a copy. For one thread. */
    public final class Reading implements AutoCloseable {

        private final Token token;
        private final CopyTable.Fill fill;
        private final boolean mayBeKept;

        private Reading(Token token, CopyTable.Fill fill, boolean mayBeKept) {
            this.token = token;
            this.fill = fill;
            this.mayBeKept = mayBeKept;
        }

        /** The token is current, and accepted without a write between these times, by the cluster's clock. */
        public void keep(Active row, Instant from, Instant until) {
            if (mayBeKept && !recent.isSettling(RowKey.of(token), nanoTime.getAsLong())) {
                table.keep(fill, new CopyTable.Copy(KnownToken.of(token), row, from, until, new ConfirmedRoles()));
            }
        }

        @Override
        public void close() {
            table.end(fill);
        }
    }

    @Override
    public void drop(RowKey key) {
        table.drop(key);
    }

    @Override
    public void dropEverywhere(RowKey key) {
        dropEverywhere(new Invalidation.Session(key, false));
    }

    @Override
    public void dropEverywhere(Handle user, Epoch epoch) {
        dropEverywhere(new Invalidation.User(user, epoch));
    }

    @Override
    public void endEverywhere(RowKey key) {
        dropEverywhere(new Invalidation.Session(key, true));
    }

    @Override
    public boolean hasEnded(RowKey key, Active row) {
        return recent.hasEnded(key, row);
    }

    private void dropEverywhere(Invalidation invalidation) {
        drop(invalidation);
        revoker.drop(invalidation);
    }

    private void drop(Invalidation invalidation) {
        recent.add(invalidation, nanoTime.getAsLong()); // before: a read that begins now is a late one
        if (invalidation instanceof Invalidation.User user) {
            table.drop(user.user());
        } else if (invalidation instanceof Invalidation.Session session) {
            table.drop(session.key());
        }
    }

    private void receive(byte[] message) {
        LeaseMessage.decode(message).ifPresent(this::receive);
    }

    private void receive(LeaseMessage message) {
        if (message instanceof LeaseMessage.Dropped answer) {
            revoker.answered(answer);
        } else if (message instanceof LeaseMessage.Drop drop) {
            drop(drop.invalidation()); // before the answer
            grid.send(new LeaseMessage.Dropped(drop.sender(), drop.number(), keeper.ids()).encode());
        }
    }

    /** How many sessions this node has a copy of. */
    public int size() {
        return table.size();
    }

    public LeaseMetrics metrics() {
        return metrics;
    }

    /** Renews the lease, or joins. */
    void step() {
        keeper.step();
    }

    /** Drops all copies, and leaves the holders. */
    void leave() {
        keeper.leave();
    }

    private void keepLease() {
        try {
            while (!closed.await(terms.renewal().toMillis(), TimeUnit.MILLISECONDS)) {
                attempt(this::step);
            }
            attempt(this::leave);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (PosternException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "The lease of this node's copies was not renewed.", e);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "The lease of this node's copies was not renewed.", e);
        }
    }

    /** Leaves the holders. Waits for that at most five seconds. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        try {
            TimeUnit.SECONDS.timedJoin(thread, CLOSING_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
