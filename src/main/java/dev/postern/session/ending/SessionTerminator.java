package dev.postern.session.ending;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.UnitOfWork;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where sessions end: writes their tombstones.
 *
 * <p>Safe for concurrent use.
 */
public final class SessionTerminator {

    private final SessionPolicy limits;
    private final EventPublisher events;
    private final PendingEndings pending;

    public SessionTerminator(SessionPolicy limits, EventPublisher events, PendingEndings pending) {
        this.limits = limits;
        this.events = events;
        this.pending = pending;
    }

    /**
     * Ends the session for good. Idempotent, but writes the tombstone once more: its first writer may not know whether
     * the backups have it, nor that it has its time to live (D6). A session that reads as absent gets its tombstone
     * too: in the smaller part of a split it may exist elsewhere (D7). Retries until the deadline, also while the
     * session is busy. What fails nevertheless is {@link #postpone postponed}.
     */
    public void terminate(UnitOfWork work, RowKey key, Ending reason) {
        try {
            writeTombstone(work, new PendingEndings.Pending(key, reason, Instant.MAX));
            pending.remove(key);
        } catch (PosternException e) {
            postpone(work, key, reason);
            throw e;
        }
    }

    /** Ends all of these, several at a time. Those that another request writes meanwhile are ended one by one. */
    public void terminateAll(UnitOfWork work, Map<RowKey, VersionedRow> found, Ending reason) {
        Set<RowKey> terminated = ConcurrentHashMap.newKeySet();
        try {
            work.swapAll(found, row -> tombstone(work, Optional.of(row), reason), terminated::add);
        } catch (PosternException e) {
            without(found.keySet(), terminated).forEach(key -> postponeIfThereIsRoom(work, key, reason));
            throw e;
        } finally {
            terminated.forEach(key -> tell(work, key, reason));
        }
        terminateEach(work, without(found.keySet(), terminated), reason);
    }

    private void terminateEach(UnitOfWork work, Set<RowKey> keys, Ending reason) {
        try {
            keys.forEach(key -> terminate(work, key, reason));
        } catch (PosternException e) {
            keys.forEach(key -> postponeIfThereIsRoom(work, key, reason));
            throw e;
        }
    }

    private static Set<RowKey> without(Set<RowKey> all, Set<RowKey> some) {
        Set<RowKey> left = new LinkedHashSet<>(all);
        left.removeAll(some);
        return left;
    }

    /** As {@link #postpone}, for endings that must not push out those that were requested one by one. */
    public void postponeIfThereIsRoom(UnitOfWork work, RowKey key, Ending reason) {
        if (pending.hasRoom()) {
            postpone(work, key, reason);
        }
    }

    /**
     * Has the session ended later, and refused on this node until then. Not one that a sign-in would have replaced:
     * that has failed as a whole, and leaves the client what it had.
     */
    public void postpone(UnitOfWork work, RowKey key, Ending reason) {
        if (reason != Ending.REPLACED) {
            pending.add(key, reason, work.now());
        }
    }

    /** Ends a session that was postponed, unless its user has signed in to it again since. */
    void finish(UnitOfWork work, PendingEndings.Pending ending) {
        writeTombstone(work, ending);
        pending.remove(ending);
    }

    /** Why this row is to end, if that was postponed. */
    public Optional<Ending> pendingEnding(RowKey key, SessionRow row) {
        return pending.find(key).filter(ending -> !ending.isOutdatedBy(row)).map(PendingEndings.Pending::reason);
    }

    private void writeTombstone(UnitOfWork work, PendingEndings.Pending ending) {
        while (work.hasTime()) {
            Optional<VersionedRow> found = work.find(ending.key());
            Optional<SessionRow> row = found.flatMap(VersionedRow::row);
            if (row.filter(ending::isOutdatedBy).isPresent()) {
                return;
            }
            SessionRow next =
                    row.filter(any -> any instanceof Revoked).orElseGet(() -> tombstone(work, found, ending.reason()));
            UnitOfWork.Outcome outcome = found.map(present -> work.swap(ending.key(), present, next))
                    .orElseGet(() -> work.create(ending.key(), next));
            if (outcome == UnitOfWork.Outcome.WRITTEN
                    && row.filter(next::equals).isEmpty()) {
                tell(work, ending.key(), ending.reason());
            }
            if (outcome.isDone()) {
                return;
            }
        }
        throw work.contended(ending.key());
    }

    private Revoked tombstone(UnitOfWork work, Optional<VersionedRow> found, Ending reason) {
        return found.flatMap(VersionedRow::row).orElse(null) instanceof Active active
                ? active.ended(work.now(), reason, limits.lifespan(active.isRemembered()))
                : new Revoked(work.now(), reason, work.now().plus(limits.longestAbsolute()));
    }

    /** Observers take time, and more sessions may have to be ended. */
    private void tell(UnitOfWork work, RowKey key, Ending reason) {
        key.session()
                .map(handle -> new SessionEvent.Ended(handle.text(), reason, work.now()))
                .ifPresent(event -> work.excludingOwnWork(() -> events.fire(event)));
    }
}
