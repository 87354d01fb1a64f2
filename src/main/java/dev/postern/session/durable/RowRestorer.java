package dev.postern.session.durable;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.concurrent.RecentEntries;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts rows of the database back into a grid that does not have them.
 *
 * <p>The epoch of a user goes first, then the sessions. A session that the epoch ends comes back as a tombstone. A row
 * is only ever created: if the grid has one by now, that one stays. If all that took long, the database is read once
 * more afterwards: a node that knew the session may have ended it meanwhile, and the grid may have lost that.
 *
 * <p>If the database has no epoch of a user, the grid gets one that ends nothing, {@link Epoch#NONE}. So the database
 * is not asked again. An epoch is encrypted anew, with a nonce of its own. So a grid that has lost its rows gets other
 * bytes than it had.
 *
 * <p>A session whose bytes cannot be read counts as absent. An epoch or a name at an identity provider goes into the
 * grid nevertheless. Then it is unknown what it ends, and the use cases answer so.
 *
 * <p>Safe for concurrent use.
 */
final class RowRestorer {

    /** How often an epoch that ends nothing is kept: it stays longer than a session without use by the margin. */
    static final Duration KEEPING = RowTtl.MARGIN.dividedBy(2);

    private static final int MOST_KEPT = 50_000;

    private final DurableStore.Parts parts;
    private final RecentEntries<RowKey, Boolean> kept = new RecentEntries<>(MOST_KEPT, KEEPING);

    RowRestorer(DurableStore.Parts parts) {
        this.parts = parts;
    }

    /** Restores those of these rows that the database has. The grid had none of them. Returns what the grid has now. */
    Map<RowKey, byte[]> restore(Collection<RowKey> missing, Deadline deadline) {
        Restoration restoration = new Restoration(deadline);
        return restoration.restore(missing, read(missing, deadline));
    }

    /** What the database has of a user, and the grid has not: living sessions and the epoch. */
    final class Missing {

        private final DecodedRows stored;
        private final RowKey epoch;
        private final Set<RowKey> keys;
        private final Restoration restoration;

        private Missing(Handle user, Set<RowKey> present, Deadline deadline) {
            restoration = new Restoration(deadline);
            stored = new DecodedRows(parts.rule().codec(), parts.rows().rowsOf(user, deadline));
            keys = new HashSet<>(stored.keys());
            keys.removeIf(stored::isOver);
            epoch = RowKey.epoch(user);
            if (!stored.keys().isEmpty()) {
                keys.add(epoch);
            }
            keys.removeAll(present);
        }

        Set<RowKey> keys() {
            return keys;
        }

        /** Restores all of them. Returns what the grid has now. */
        Map<RowKey, byte[]> restore() {
            return restoration.restore(keys, stored);
        }

        /** Restores the epoch alone. Returns what the grid has now. */
        Map<RowKey, byte[]> restoreEpoch() {
            return restoration.restore(Set.of(epoch), stored);
        }

        /** Restores all of them, and an epoch that ends nothing if there is none. Returns what the grid has now. */
        Map<RowKey, byte[]> restoreWithEpoch() {
            keys.add(epoch);
            return restore();
        }
    }

    /**
     * Looks for rows of the user that the grid lacks.
     *
     * @param present the keys of those that it has
     */
    Missing missing(Handle user, Set<RowKey> present, Deadline deadline) {
        return new Missing(user, present, deadline);
    }

    /**
     * Keeps the epochs of users whose sessions were just used, as long as these live. One that ends nothing is dropped
     * after a while otherwise, and then the user's sessions depend on the database. Each is kept once in {@link
     * #KEEPING}.
     *
     * <p>For one thread.
     */
    void keepEpochs(Collection<RowKey> sessions, Deadline deadline) {
        long now = parts.now();
        Set<RowKey> epochs = new HashSet<>();
        sessions.forEach(key -> key.user().map(RowKey::epoch).ifPresent(epochs::add));
        epochs.removeIf(key -> kept.get(key, now).isPresent());
        if (epochs.isEmpty()) {
            return;
        }
        DecodedRows present = new DecodedRows(parts.rule().codec(), parts.grid().readAll(epochs, deadline));
        Set<RowKey> missing = new HashSet<>(epochs);
        missing.removeAll(present.keys());
        if (!missing.isEmpty()) {
            Map<RowKey, byte[]> unused = restore(missing, deadline);
        }
        for (RowKey key : present.keys()) {
            if (present.row(key).filter(Epoch::isNone).isPresent()) {
                boolean unused = parts.grid().retain(key, present.bytes(key).orElseThrow(), deadline);
            }
        }
        epochs.forEach(key -> kept.put(key, true, now));
    }

    /** The rows under these keys, and the epochs of their users. */
    private DecodedRows read(Collection<RowKey> keys, Deadline deadline) {
        Set<RowKey> all = new HashSet<>(keys);
        keys.forEach(key -> key.user().map(RowKey::epoch).ifPresent(all::add));
        return new DecodedRows(parts.rule().codec(), parts.rows().read(all, deadline));
    }

    /** One pass, from what the database has to what the grid has. For one thread. */
    private final class Restoration {

        private final long began = parts.now();
        private final long waited = parts.metrics().nanosWaited();
        private final Deadline first;
        private final DecodedRows present = new DecodedRows(parts.rule().codec(), Map.of());

        /** Rows that were created from the first look at the database, and are compared with a second one. */
        private final Set<RowKey> doubtful = new HashSet<>();

        /** A pass that begins now, before the database is read. */
        Restoration(Deadline deadline) {
            this.first = deadline;
        }

        private Deadline deadline() {
            return parts.after(first, waited);
        }

        Map<RowKey, byte[]> restore(Collection<RowKey> missing, DecodedRows stored) {
            missing.stream()
                    .filter(key -> key.isEpoch() || stored.contains(key))
                    .flatMap(key -> key.user().map(RowKey::epoch).stream())
                    .distinct()
                    .forEach(key -> putEpoch(key, stored));
            missing.stream()
                    .filter(key -> !key.isEpoch())
                    .forEach(key -> stored.bytes(key).ifPresent(bytes -> put(key, bytes, stored)));
            if (!doubtful.isEmpty() && parts.isSlow(began)) {
                compareAgain(read(doubtful, deadline()));
            }
            return present.among(missing);
        }

        private void putEpoch(RowKey key, DecodedRows stored) {
            byte[] wanted = stored.bytes(key)
                    .map(row -> parts.rule().again(key, row))
                    .orElseGet(() -> parts.rule().codec().encode(key, Epoch.NONE));
            if (create(key, wanted) && !stored.contains(key)) {
                doubtful.add(key);
            }
        }

        private void put(RowKey key, byte[] bytes, DecodedRows stored) {
            Optional<Active> living = stored.living(key);
            Optional<Instant> ended =
                    living.flatMap(row -> stored.ended(key, row).or(() -> present.ended(key, row)));
            if (ended.isPresent()) {
                putTombstone(key, living.orElseThrow(), bytes, ended.get());
            } else if (living.isPresent() || stored.isOver(key) || key.isProviderName()) {
                if (create(key, bytes) && living.isPresent()) {
                    doubtful.add(key);
                }
            } else {
                parts.log()
                        .warn("The row " + key + " of the database cannot be read. Its session counts as absent."
                                + " Another version has written it, or one with other keys, or another program.");
            }
        }

        /** It goes to the database, too, and its session to the history. */
        private void putTombstone(RowKey key, Active row, byte[] living, Instant ended) {
            byte[] tombstone = tombstone(key, row, ended);
            if (create(key, tombstone)) {
                Optional<PastSession> past =
                        parts.tombstone(key, Optional.of(living), tombstone).past();
                parts.queue().addEnd(key, tombstone, past, parts.now());
            }
        }

        /** Creates the row, and notes what the grid has then. */
        private boolean create(RowKey key, byte[] row) {
            boolean isCreated = parts.grid().create(key, row, deadline());
            if (isCreated && key.session().isPresent()) {
                parts.metrics().countRestored();
            }
            note(key, isCreated ? Optional.of(row) : parts.grid().read(key, deadline()));
            return isCreated;
        }

        private void note(RowKey key, Optional<byte[]> row) {
            row.ifPresent(bytes -> present.put(key, bytes));
        }

        private byte[] tombstone(RowKey key, Active row, Instant ended) {
            return parts.rule()
                    .codec()
                    .encode(key, new Revoked(ended, Ending.REVOKED, row.times().absoluteDeadline()));
        }

        /** Ends what was ended between the first look at the database and the write to the grid. */
        private void compareAgain(DecodedRows stored) {
            stored.keys().stream()
                    .filter(RowKey::isEpoch)
                    .filter(key -> present.row(key).filter(Epoch::isNone).isPresent())
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
            return stored.ended(key, row).map(at -> tombstone(key, row, at));
        }

        /** Replaces an epoch that ends nothing, or a living session, also if other requests write it meanwhile. */
        private void replace(RowKey key, byte[] next) {
            boolean isStronger = true;
            while (isStronger && !parts.grid().swap(key, present.bytes(key).orElseThrow(), next, deadline())) {
                note(key, parts.grid().read(key, deadline()));
                isStronger = present.living(key).isPresent();
                if (deadline().nanosLeft() == 0) {
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

        /** The time of the epoch of the session's user, if it is among these rows and ends the session. */
        Optional<Instant> ended(RowKey session, Active row) {
            return row(RowKey.epoch(session.user().orElseThrow()))
                    .filter(Epoch.class::isInstance)
                    .map(Epoch.class::cast)
                    .filter(epoch -> epoch.ends(session.session().orElseThrow(), row))
                    .map(Epoch::notBefore);
        }

        /** Those of the rows that have one of these keys. */
        Map<RowKey, byte[]> among(Collection<RowKey> keys) {
            Map<RowKey, byte[]> some = new HashMap<>(rows);
            some.keySet().retainAll(Set.copyOf(keys));
            return some;
        }
    }
}
