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
import dev.postern.session.store.Failures;
import dev.postern.session.store.NotDurableException;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.store.UnitOfWork.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Ends sessions: writes their tombstones. If the grid does not answer, the ending becomes pending.
 *
 * <p>It decides from the stored rows, and is the only class that does. To all others a session whose end is pending
 * reads as ended already.
 *
 * <p>Safe for concurrent use.
 */
public final class SessionTerminator {

    /** How many deadlines a group of sessions gets at most. */
    static final int MOST_ROUNDS = 8;

    private final SessionPolicy policy;
    private final EventPublisher events;
    private final PendingEndings pending;

    public SessionTerminator(SessionPolicy policy, EventPublisher events, PendingEndings pending) {
        this.policy = policy;
        this.events = events;
        this.pending = pending;
    }

    /**
     * Ends the session for good. Retries until the deadline, also while the session is busy. If that fails, the session
     * is {@linkplain #endLater ended later}.
     *
     * <p>Idempotent, but each call writes the tombstone again: an earlier writer may not know whether the backups have
     * it, or whether its time to live was set (D6). A session that reads as absent gets a tombstone too, because in the
     * smaller part of a split it may exist elsewhere (D7).
     *
     * <p>When it returns, no node accepts a request by a copy of the session.
     *
     * @throws NotDurableException if no node accepts the session any more, and a database beside the grid has not
     *     answered
     */
    public void end(UnitOfWork work, RowKey key, Ending reason) {
        endUnless(PendingEndings.NONE_SPARED, work, key, reason);
    }

    /** Like {@link #end}, but leaves the session alone if its stored row is spared at that moment. */
    public void endUnless(Predicate<Active> isSpared, UnitOfWork work, RowKey key, Ending reason) {
        Failures late = new Failures();
        try {
            if (writeTombstone(work, new PendingEndings.Pending(key, reason, Instant.MAX, isSpared), late)) {
                work.endCopies(key);
                late.rethrow();
                pending.remove(key);
            }
        } catch (PosternException e) {
            endLater(isSpared, work, key, reason);
            throw e;
        }
    }

    /**
     * Ends the sessions in these rows, several at a time, and one by one those that other requests change meanwhile.
     * Tombstones and epochs stay as they are. Unreadable rows are ended too: another node may have the key for them.
     * Copies of the rows are left. The caller drops them, with one call for all.
     *
     * <p>A slow grid gets more time, {@value #MOST_ROUNDS} deadlines at most, as long as it ends some sessions in each.
     * One that fails, or ends none, is not waited for again.
     *
     * @param more units of work with deadlines of their own
     * @throws NotDurableException if the grid has all tombstones, and a database beside it has not answered
     */
    public void endAll(UnitOfWork work, Supplier<UnitOfWork> more, Map<RowKey, VersionedRow> found, Ending reason) {
        Map<RowKey, VersionedRow> left = sessionsIn(found);
        Set<RowKey> sessions = Set.copyOf(left.keySet());
        Set<RowKey> ended = ConcurrentHashMap.newKeySet();
        Failures late = new Failures();
        UnitOfWork present = work;
        try {
            boolean isToGoOn = true;
            for (int round = 1; isToGoOn; round++) {
                isToGoOn = endSome(present, left, reason, ended, late) && round < MOST_ROUNDS;
                if (isToGoOn) {
                    present = more.get();
                    left = sessionsIn(present.findAll(without(left.keySet(), ended)));
                }
            }
            Set<RowKey> others = without(left.keySet(), ended);
            endEach(more.get(), others, reason, late);
            others.addAll(ended);
            endLaterIfThereIsRoom(present, without(sessions, others), reason); // tombstones that may lack their backups
        } catch (PosternException e) {
            endLaterIfThereIsRoom(present, without(sessions, ended), reason);
            throw e;
        } finally {
            for (RowKey key : ended) {
                reportEnded(present, key, reason);
            }
        }
        late.rethrow();
    }

    /** Returns whether some were ended, some are left, and nothing has failed. */
    private boolean endSome(
            UnitOfWork work, Map<RowKey, VersionedRow> sessions, Ending reason, Set<RowKey> ended, Failures late) {
        int before = ended.size();
        late.runInGrid(() -> work.swapAll(sessions, row -> tombstone(work, row.stored(), reason), ended::add));
        return late.isEmpty() && ended.size() > before && !ended.containsAll(sessions.keySet());
    }

    private static Map<RowKey, VersionedRow> sessionsIn(Map<RowKey, VersionedRow> found) {
        Map<RowKey, VersionedRow> sessions = new HashMap<>(found);
        sessions.entrySet().removeIf(row -> !mayBeSession(row.getKey(), row.getValue()));
        return sessions;
    }

    private static boolean mayBeSession(RowKey key, VersionedRow found) {
        return key.session().isPresent()
                && found.stored().filter(row -> !(row instanceof Active)).isEmpty();
    }

    private static Set<RowKey> without(Set<RowKey> all, Set<RowKey> some) {
        Set<RowKey> left = new HashSet<>(all);
        left.removeAll(some);
        return left;
    }

    private void endEach(UnitOfWork work, Set<RowKey> keys, Ending reason, Failures late) {
        keys.forEach(key -> late.runInGrid(() -> endLeavingCopies(work, key, reason)));
    }

    private void endLeavingCopies(UnitOfWork work, RowKey key, Ending reason) {
        Failures own = new Failures();
        boolean unused = writeTombstone(
                work, new PendingEndings.Pending(key, reason, Instant.MAX, PendingEndings.NONE_SPARED), own);
        own.rethrow();
        pending.remove(key);
    }

    /** Ends the sessions later, as far as that pushes out no pending ending that was requested by itself. */
    public void endLaterIfThereIsRoom(UnitOfWork work, Collection<RowKey> keys, Ending reason) {
        endLaterIfThereIsRoomUnless(PendingEndings.NONE_SPARED, work, keys, reason);
    }

    /** Like {@link #endLaterIfThereIsRoom}, but leaves those sessions alone whose stored row is spared then. */
    public void endLaterIfThereIsRoomUnless(
            Predicate<Active> isSpared, UnitOfWork work, Collection<RowKey> keys, Ending reason) {
        for (RowKey key : keys) {
            if (pending.hasRoom()) {
                endLater(isSpared, work, key, reason);
            }
        }
    }

    /**
     * Makes the ending pending: this node refuses the session, and retries in the background. Does not ask the grid.
     *
     * <p>Does nothing for {@link Ending#REPLACED}: that sign-in has failed as a whole, so the former session goes on.
     */
    public void endLater(UnitOfWork work, RowKey key, Ending reason) {
        endLater(PendingEndings.NONE_SPARED, work, key, reason);
    }

    private void endLater(Predicate<Active> isSpared, UnitOfWork work, RowKey key, Ending reason) {
        if (reason != Ending.REPLACED) {
            pending.add(new PendingEndings.Pending(key, reason, work.now(), isSpared));
            work.dropOwnCopy(key);
        }
    }

    /** Retries a pending ending. Leaves the session alone if its user has signed in to it again since. */
    void endPending(UnitOfWork work, PendingEndings.Pending ending) {
        Failures late = new Failures();
        writeTombstone(work, ending, late);
        work.dropCopies(ending.key());
        late.rethrow();
        pending.remove(ending);
    }

    /** False if the session goes on, because the ending does not mean it. */
    private boolean writeTombstone(UnitOfWork work, PendingEndings.Pending ending, Failures late) {
        Effect effect = work.update(
                ending.key(), found -> tombstoneFor(work, ending, found.flatMap(VersionedRow::stored)), late::add);
        if (effect == Effect.ENDED) {
            reportEnded(work, ending.key(), ending.reason());
        }
        return effect != Effect.SPARED;
    }

    /** What a call comes to. */
    private enum Effect {
        /** This call has ended the session. */
        ENDED,
        /** It had ended before. */
        OVER,
        /** It goes on. */
        SPARED
    }

    private Change<Effect> tombstoneFor(UnitOfWork work, PendingEndings.Pending ending, Optional<SessionRow> stored) {
        if (stored.filter(ending::isOutdatedBy).isPresent()) {
            return Change.none(Effect.SPARED);
        }
        if (stored.orElse(null) instanceof Revoked present) {
            return Change.write(present, outcome -> Effect.OVER);
        }
        return Change.write(
                tombstone(work, stored, ending.reason()),
                outcome -> outcome == UnitOfWork.Outcome.WRITTEN ? Effect.ENDED : Effect.OVER);
    }

    private Revoked tombstone(UnitOfWork work, Optional<SessionRow> stored, Ending reason) {
        return stored.orElse(null) instanceof Active active
                ? active.tombstone(work.now(), reason, policy.lifespan(active.isRemembered()))
                : new Revoked(work.now(), reason, work.now().plus(policy.longestAbsolute()));
    }

    private void reportEnded(UnitOfWork work, RowKey key, Ending reason) {
        key.session()
                .map(handle -> new SessionEvent.Ended(handle.text(), reason, work.now()))
                .ifPresent(event -> work.excludingOwnWork(() -> events.fire(event)));
    }
}
