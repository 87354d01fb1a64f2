package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.concurrent.RecentEntries;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.CredentialsCache.Swap;
import dev.postern.session.store.NotDurableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Ends many sessions: in the database all at once, and in the grid each for itself. The rules are those of {@link
 * FirstWrites}.
 *
 * <p>If the database has an epoch that ends a session, its tombstone is written later. Until then a session that comes
 * back is over all the same. So the end of all sessions of a user waits for the database once.
 *
 * <p>Safe for concurrent use.
 */
final class BulkEnds {

    /** Between the write of an epoch and those of the tombstones of its sessions. */
    private static final Duration EPOCH_KNOWN_FOR = Duration.ofMinutes(1);

    private static final int MOST_EPOCHS = 10_000;

    private final DurableStore.Parts parts;

    /** Epochs that the database has, because this node has just written them. */
    private final RecentEntries<RowKey, Epoch> epochs = new RecentEntries<>(MOST_EPOCHS, EPOCH_KNOWN_FOR);

    BulkEnds(DurableStore.Parts parts) {
        this.parts = parts;
    }

    /**
     * Replaces rows by tombstones.
     *
     * @param made see {@link CredentialsCache#swapAll}
     * @throws NotDurableException if the grid has the tombstones, and the database does not answer
     */
    void endAll(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        Map<Boolean, List<Swap>> parted = swaps.stream().collect(Collectors.partitioningBy(this::isEndedByEpoch));
        List<Swap> ended = parted.getOrDefault(true, List.of());
        List<Swap> others = parted.getOrDefault(false, List.of());
        if (!ended.isEmpty()) {
            swapAll(ended, tombstones(ended), InDatabase.LATER, made, deadline);
        }
        if (!others.isEmpty()) {
            endAllFirst(others, made, deadline);
        }
    }

    /** The database has this epoch since then, because this node has just written it. */
    void noteEpoch(RowKey key, byte[] row, long written) {
        parts.rule()
                .codec()
                .decode(key, row)
                .filter(Epoch.class::isInstance)
                .ifPresent(epoch -> epochs.put(key, (Epoch) epoch, written));
    }

    /** Whether the database has an epoch that ends the session. */
    private boolean isEndedByEpoch(Swap swap) {
        RowKey epoch = RowKey.epoch(swap.key().user().orElseThrow());
        Optional<SessionRow> row = parts.rule().codec().decode(swap.key(), swap.seen());
        return epochs.get(epoch, parts.now())
                .filter(raised -> row.orElse(null) instanceof Active living
                        && raised.ends(swap.key().session().orElseThrow(), living))
                .isPresent();
    }

    private void endAllFirst(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        long began = parts.now();
        long waited = parts.metrics().nanosWaited();
        Map<RowKey, DurableRow> tombstones = tombstones(swaps);
        try {
            parts.rows().end(tombstones.values(), deadline);
        } catch (PosternException e) {
            endInGrid(swaps, tombstones, made, parts.after(deadline, waited), e);
            throw new NotDurableException(e);
        }
        Queue<RowKey> slow = new ConcurrentLinkedQueue<>();
        Consumer<RowKey> inTime = key -> {
            if (parts.isSlow(began)) {
                slow.add(key);
            } else {
                made.accept(key);
            }
        };
        swapAll(swaps, tombstones, InDatabase.WRITTEN, inTime, parts.after(deadline, waited));
        if (!slow.isEmpty()) {
            Map<RowKey, DurableRow> again = tombstones(swaps);
            again.keySet().retainAll(new HashSet<>(slow));
            writeAgain(again.values(), parts.after(deadline, waited), made);
        }
    }

    /** They may have been undone since. */
    private void writeAgain(Collection<DurableRow> tombstones, Deadline deadline, Consumer<RowKey> made) {
        try {
            parts.rows().end(tombstones, deadline);
        } catch (PosternException e) {
            tombstones.forEach(tombstone -> endLater(tombstone, parts.now()));
            throw new NotDurableException(e);
        } finally {
            tombstones.forEach(tombstone -> made.accept(tombstone.key()));
        }
    }

    /** The grid has it. */
    private void endLater(DurableRow tombstone, long since) {
        parts.queue().addEnd(tombstone.key(), tombstone.bytes(), tombstone.past(), since);
    }

    /** The database has failed. */
    private void endInGrid(
            Collection<Swap> swaps,
            Map<RowKey, DurableRow> tombstones,
            Consumer<RowKey> made,
            Deadline deadline,
            PosternException failure) {
        try {
            swapAll(swaps, tombstones, InDatabase.UNANSWERED, made, deadline);
        } catch (PosternException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** What has become of tombstones in the database, before they are written to the grid. */
    private enum InDatabase {
        WRITTEN,
        /** It has failed, and may have written them. */
        UNANSWERED,
        /** It was not asked. */
        LATER
    }

    private void swapAll(
            Collection<Swap> swaps,
            Map<RowKey, DurableRow> tombstones,
            InDatabase state,
            Consumer<RowKey> made,
            Deadline deadline) {
        long returned = parts.now();
        Queue<RowKey> done = new ConcurrentLinkedQueue<>();
        try {
            parts.grid()
                    .swapAll(
                            swaps,
                            key -> {
                                done.add(key);
                                made.accept(key);
                            },
                            deadline);
        } finally {
            Set<RowKey> ended = new HashSet<>(done);
            tombstones.forEach((key, tombstone) -> {
                if (ended.contains(key) && state != InDatabase.WRITTEN) {
                    endLater(tombstone, returned);
                } else if (!ended.contains(key) && state != InDatabase.LATER) {
                    parts.unconfirmed().add(tombstone, state == InDatabase.WRITTEN, returned);
                }
            });
            if (state == InDatabase.WRITTEN) {
                parts.recent().add(ended, returned);
            }
        }
    }

    private Map<RowKey, DurableRow> tombstones(Collection<Swap> swaps) {
        Map<RowKey, DurableRow> tombstones = new HashMap<>();
        swaps.forEach(
                swap -> tombstones.put(swap.key(), parts.tombstone(swap.key(), Optional.of(swap.seen()), swap.next())));
        return tombstones;
    }
}
