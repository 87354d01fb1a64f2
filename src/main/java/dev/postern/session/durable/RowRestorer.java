package dev.postern.session.durable;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.Handle;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Puts rows of the database back into a grid that does not have them.
 *
 * <p>The epoch of a user goes first, then the sessions. A session that the epoch ends comes back as a tombstone. A row
 * is only ever created: if the grid has one by now, that one stays. After a living session was put into the grid, the
 * database is read once more. A node that still knew the session may have ended it in between.
 *
 * <p>If the database has no epoch of a user, the grid gets one that ends nothing, {@link Epoch#NONE}. So the database
 * is not asked again.
 *
 * <p>A session whose bytes cannot be read counts as absent. An epoch or a name at an identity provider goes into the
 * grid nevertheless. Then it is unknown what it ends, and the use cases answer so.
 *
 * <p>Safe for concurrent use.
 */
final class RowRestorer {

    private final DurableRows rows;
    private final CredentialsCache grid;
    private final DurabilityRule rule;
    private final WriteBehind queue;
    private final StoreMetrics metrics;
    private final RateLimitedLog log;
    private final LongSupplier nanoTime;

    RowRestorer(
            DurableRows rows,
            CredentialsCache grid,
            DurabilityRule rule,
            WriteBehind queue,
            StoreMetrics metrics,
            RateLimitedLog log,
            LongSupplier nanoTime) {
        this.rows = rows;
        this.grid = grid;
        this.rule = rule;
        this.queue = queue;
        this.metrics = metrics;
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** Restores those of these rows that the database has. The grid had none of them. Returns what the grid has now. */
    Map<RowKey, byte[]> restore(Collection<RowKey> missing, Deadline deadline) {
        Restoration restoration = new Restoration(nanoTime.getAsLong(), deadline);
        return restoration.restore(missing, read(missing, deadline));
    }

    /**
     * Restores the living sessions of the user, and the epoch, if the database has anything of the user.
     *
     * @param present the rows that the grid had
     * @return those that it has beside them now
     */
    Map<RowKey, byte[]> restore(Handle user, Set<RowKey> present, Deadline deadline) {
        Restoration restoration = new Restoration(nanoTime.getAsLong(), deadline);
        DecodedRows stored = new DecodedRows(rule.codec(), rows.rowsOf(user, deadline));
        Set<RowKey> missing = new HashSet<>(stored.keys());
        missing.removeIf(stored::isOver);
        if (!stored.keys().isEmpty()) {
            missing.add(RowKey.epoch(user));
        }
        missing.removeAll(present);
        return restoration.restore(missing, stored);
    }

    /** The rows under these keys, and the epochs of their users. */
    private DecodedRows read(Collection<RowKey> keys, Deadline deadline) {
        Set<RowKey> all = new HashSet<>(keys);
        keys.forEach(key -> key.user().map(RowKey::epoch).ifPresent(all::add));
        return new DecodedRows(rule.codec(), rows.read(all, deadline));
    }

    /** One pass, from what the database has to what the grid has. For one thread. */
    private final class Restoration {

        private final long began;
        private final Deadline deadline;
        private final DecodedRows present = new DecodedRows(rule.codec(), Map.of());

        /** Rows that were created from the first look at the database, and are compared with a second one. */
        private final Set<RowKey> doubtful = new HashSet<>();

        /** A pass that began at this time of the monotonic clock, before the database was read. */
        Restoration(long began, Deadline deadline) {
            this.began = began;
            this.deadline = deadline;
        }

        Map<RowKey, byte[]> restore(Collection<RowKey> missing, DecodedRows stored) {
            missing.stream()
                    .filter(key -> key.isEpoch() || stored.contains(key))
                    .flatMap(key -> key.user().map(RowKey::epoch).stream())
                    .distinct()
                    .forEach(key -> putEpoch(key, stored));
            missing.stream().filter(key -> !key.isEpoch()).forEach(key -> stored.bytes(key)
                    .ifPresent(bytes -> put(key, bytes, stored)));
            if (!doubtful.isEmpty()) {
                compareAgain(read(doubtful, deadline));
            }
            return present.among(missing);
        }

        private void putEpoch(RowKey key, DecodedRows stored) {
            byte[] wanted = stored.bytes(key).orElseGet(() -> rule.codec().encode(key, Epoch.NONE));
            if (create(key, wanted) && !stored.contains(key) && isSlow()) {
                doubtful.add(key);
            }
        }

        /** In less time no grid loses its rows after a node has ended all sessions of a user. */
        private boolean isSlow() {
            return nanoTime.getAsLong() - began > UnconfirmedEnds.SLOW.toNanos();
        }

        private void put(RowKey key, byte[] bytes, DecodedRows stored) {
            Optional<Active> living = stored.living(key);
            if (living.isPresent() && (stored.end(key, living.get()) || present.end(key, living.get()))) {
                putTombstone(key, living.get());
            } else if (living.isPresent() || stored.isOver(key) || key.isProviderName()) {
                if (create(key, bytes) && living.isPresent()) {
                    doubtful.add(key);
                }
            } else {
                log.warn("The row " + key + " of the database cannot be read. Its session counts as absent. Another"
                        + " version has written it, or one with other keys, or another program.");
            }
        }

        /** It goes to the database, too. */
        private void putTombstone(RowKey key, Active row) {
            byte[] tombstone = tombstone(key, row);
            if (create(key, tombstone)) {
                queue.add(key, tombstone, nanoTime.getAsLong());
            }
        }

        /** Creates the row, and notes what the grid has then. */
        private boolean create(RowKey key, byte[] row) {
            boolean isCreated = grid.create(key, row, deadline);
            if (isCreated && key.session().isPresent()) {
                metrics.countRestored();
            }
            note(key, isCreated ? Optional.of(row) : grid.read(key, deadline));
            return isCreated;
        }

        private void note(RowKey key, Optional<byte[]> row) {
            row.ifPresent(bytes -> present.put(key, bytes));
        }

        private byte[] tombstone(RowKey key, Active row) {
            return rule.codec()
                    .encode(
                            key,
                            new Revoked(grid.now(), Ending.REVOKED, row.times().absoluteDeadline()));
        }

        /** Ends what was ended between the first look at the database and the write to the grid. */
        private void compareAgain(DecodedRows stored) {
            stored.keys().stream()
                    .filter(RowKey::isEpoch)
                    .filter(key -> present.row(key).filter(Epoch.NONE::equals).isPresent())
                    .forEach(key -> replace(key, stored.bytes(key).orElseThrow()));
            for (RowKey key : doubtful) {
                present.living(key)
                        .flatMap(row -> endedMeanwhile(key, row, stored))
                        .ifPresent(tombstone -> replace(key, tombstone));
            }
        }

        private Optional<byte[]> endedMeanwhile(RowKey key, Active row, DecodedRows stored) {
            if (stored.isOver(key)) {
                return stored.bytes(key);
            }
            return stored.end(key, row) ? Optional.of(tombstone(key, row)) : Optional.empty();
        }

        /** Replaces an epoch that ends nothing, or a living session, also if other requests write it meanwhile. */
        private void replace(RowKey key, byte[] next) {
            boolean isStronger = true;
            while (isStronger && !grid.swap(key, present.bytes(key).orElseThrow(), next, deadline)) {
                note(key, grid.read(key, deadline));
                isStronger = present.living(key).isPresent();
                if (deadline.nanosLeft() == 0) {
                    throw new PosternException("The row " + key + " changed each time that it was about to be ended.");
                }
            }
            if (isStronger) {
                present.put(key, next);
            }
        }
    }

    /**
     * Rows by their keys, as bytes and as what they mean.
     *
     * <p>For one thread.
     */
    private static final class DecodedRows {

        private final RowCodec codec;
        private final Map<RowKey, byte[]> rows;

        DecodedRows(RowCodec codec, Map<RowKey, byte[]> rows) {
            this.codec = codec;
            this.rows = new HashMap<>(rows);
        }

        Set<RowKey> keys() {
            return rows.keySet();
        }

        boolean contains(RowKey key) {
            return rows.containsKey(key);
        }

        void put(RowKey key, byte[] row) {
            rows.put(key, row);
        }

        Optional<byte[]> bytes(RowKey key) {
            return Optional.ofNullable(rows.get(key));
        }

        /** The row; empty if there is none, or if it cannot be read. */
        Optional<SessionRow> row(RowKey key) {
            return bytes(key).flatMap(row -> codec.decode(key, row));
        }

        Optional<Active> living(RowKey key) {
            return row(key).filter(Active.class::isInstance).map(Active.class::cast);
        }

        boolean isOver(RowKey key) {
            return row(key).filter(Revoked.class::isInstance).isPresent();
        }

        /** Whether the epoch of the session's user is among these rows, and ends the session. */
        boolean end(RowKey session, Active row) {
            return row(RowKey.epoch(session.user().orElseThrow()))
                    .filter(epoch -> epoch instanceof Epoch known
                            && known.ends(session.session().orElseThrow(), row))
                    .isPresent();
        }

        /** Those of the rows that have one of these keys. */
        Map<RowKey, byte[]> among(Collection<RowKey> keys) {
            Map<RowKey, byte[]> some = new HashMap<>(rows);
            some.keySet().retainAll(Set.copyOf(keys));
            return some;
        }
    }
}
