package dev.postern.session.listing;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.event.LogEvent;
import dev.postern.session.listing.ListedSession.Rank;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.Failures;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.store.UnitOfWork.Change;
import dev.postern.session.token.Handle;
import dev.postern.session.token.TokenMint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The sessions of one user: lists them, and ends one, some or all.
 *
 * <p>All sessions are ended by the epoch, which is one write. It also reaches sessions that cannot be seen from here,
 * at their next touch, renewal or sign-in. Those that can be seen get their tombstones at once.
 *
 * <p>Every method throws {@link PosternException} if the grid does not answer in time. None, some or all of the
 * sessions may have ended then. If a database beside the grid does not answer, the sessions end that the grid lists,
 * and the call fails all the same. Another call completes it. Safe for concurrent use.
 */
public final class UserSessions {

    /** The most sessions on a page. */
    public static final int MOST = 100;

    /** One caller at a time lists or ends the sessions of a user. Four more wait, or more if the work is quick. */
    public static final Bulkhead.Limits LIMITS = new Bulkhead.Limits(16, 1, 64, 4, Duration.ofMillis(50));

    /** Added to an epoch's time, so that it also ends sessions that were created at that very time. */
    private static final Duration TICK = Duration.ofMillis(1);

    private static final Logger LOG = System.getLogger(UserSessions.class.getName());

    private final RowStore rows;
    private final TokenMint mint;
    private final SessionTerminator terminator;
    private final Bulkhead bulkhead;

    public UserSessions(RowStore rows, TokenMint mint, SessionTerminator terminator, Bulkhead bulkhead) {
        this.bulkhead = bulkhead;
        this.rows = rows;
        this.mint = mint;
        this.terminator = terminator;
    }

    /**
     * Some of the living sessions of a user, newest first.
     *
     * @param next the value that asks for the next page; empty if this is the last one
     */
    public record Page(List<ListedSession> sessions, Optional<String> next) {

        public Page {
            sessions = List.copyOf(sessions);
        }
    }

    /** The {@link #MOST} newest living sessions of the user, as far as they can be seen from here, newest first. */
    public List<ListedSession> of(String user) {
        return page(user, Optional.empty(), MOST).sessions();
    }

    /**
     * The next living sessions of the user, at most {@code limit}, newest first. One caller at a time reads the rows of
     * a user; others wait for a moment.
     *
     * @param after the end of the page before; empty for the first page
     * @throws IllegalArgumentException if {@code after} is no {@link Page#next()}, or the limit is not from 1 to
     *     {@link #MOST}
     * @throws Bulkhead.BusyException if too many callers list the sessions of this user
     */
    public Page page(String user, Optional<String> after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("A page has 1 to " + MOST + " sessions, not " + limit + ".");
        }
        Optional<Rank> behind = after.map(UserSessions::rank);
        Handle handle = mint.userHandle(user);
        return inTurn("list " + handle.text(), () -> page(rows.unitOfWork(), handle, behind, limit));
    }

    private <T> T inTurn(String client, Supplier<T> work) {
        Bulkhead.Permit permit = bulkhead.enter(client).orElseThrow(Bulkhead.BusyException::new);
        try {
            return work.get();
        } finally {
            permit.close();
        }
    }

    private static Page page(UnitOfWork work, Handle user, Optional<Rank> behind, int limit) {
        Epoch epoch = work.epochBeforeRows(user);
        PriorityQueue<ListedSession> newest = new PriorityQueue<>(ListedSession.NEWEST_FIRST.reversed());
        work.eachOf(user, found -> {
            for (ListedSession session : ListedSession.among(found, epoch, work.now())) {
                if (behind.filter(rank -> session.rank().compareTo(rank) >= 0).isEmpty()) {
                    newest.add(session);
                    if (newest.size() > limit + 1) {
                        newest.remove();
                    }
                }
            }
        });
        List<ListedSession> sorted =
                newest.stream().sorted(ListedSession.NEWEST_FIRST).toList();
        List<ListedSession> page = sorted.subList(0, Math.min(limit, sorted.size()));
        return new Page(
                page,
                sorted.size() > limit ? Optional.of(page.get(limit - 1).rank().text()) : Optional.empty());
    }

    private static Rank rank(String after) {
        return Rank.parse(after)
                .orElseThrow(() -> new IllegalArgumentException("There is no page after " + after.length()
                        + " characters that no page has given as its next one."));
    }

    /** How long the session lives from now unless it is used again; empty if it is over. Does not extend it. */
    public Optional<Duration> timeLeft(RowKey key) {
        UnitOfWork work = rows.unitOfWork();
        return key.user()
                .flatMap(user -> living(work, user, key))
                .map(living -> Duration.between(work.now(), living.row().times().expires()));
    }

    /** Ends one session of the user. False if no session with that handle is alive or waits to be ended. */
    public boolean end(String user, Handle session) {
        UnitOfWork work = rows.unitOfWork();
        Handle handle = mint.userHandle(user);
        RowKey key = RowKey.session(handle, session);
        boolean isToEnd = work.find(key)
                .filter(found -> found.isEndPending()
                        || ListedSession.of(key, found, work.epoch(handle), work.now())
                                .isPresent())
                .isPresent();
        if (isToEnd) {
            terminator.end(work, key, Ending.REVOKED);
        }
        return isToEnd;
    }

    /**
     * Ends all sessions of the user but one. False if that one is not alive; then no session ends.
     *
     * @throws Bulkhead.BusyException if too many callers do so for this user
     */
    public boolean endOthers(String user, Handle kept) {
        UnitOfWork work = rows.unitOfWork();
        Handle handle = mint.userHandle(user);
        if (living(work, handle, RowKey.session(handle, kept)).isEmpty()) {
            return false;
        }
        return inTurn("end " + handle.text(), () -> {
            endAll(work, handle, Optional.of(kept));
            return true;
        });
    }

    /**
     * Ends all sessions of the user, also those whose sign-in is under way. An epoch that cannot be read is replaced by
     * one that ends everything.
     */
    public void endAll(String user) {
        endAll(mint.userHandle(user));
    }

    /** Like {@link #endAll(String)}, of the user with this handle. */
    public void endAll(Handle user) {
        endAll(rows.unitOfWork(), user, Optional.empty());
    }

    private static Optional<ListedSession> living(UnitOfWork work, Handle user, RowKey key) {
        return work.find(key).flatMap(found -> ListedSession.of(key, found, work.epoch(user), work.now()));
    }

    /** Once the grid has the epoch, all is done that the grid can do, even if a database beside it does not answer. */
    private void endAll(UnitOfWork work, Handle user, Optional<Handle> spared) {
        Failures failures = new Failures();
        Epoch raised = raiseEpoch(work, user, spared, failures);
        failures.run(() -> endRows(work, user, spared, failures));
        // always: of two calls that end the same sessions one finds nothing to write
        failures.run(() -> work.dropCopies(user, raised));
        rows.await(raised.notBefore());
        failures.rethrow();
    }

    private void endRows(UnitOfWork whole, Handle user, Optional<Handle> spared, Failures failures) {
        Set<RowKey> listed = new HashSet<>();
        if (failures.isEmpty()) {
            failures.run(() -> listed.addAll(whole.keysOf(user)));
        }
        UnaryOperator<UnitOfWork> view = failures.isEmpty() ? UnaryOperator.identity() : UnitOfWork::gridAlone;
        UnitOfWork work = view.apply(whole);
        Set<RowKey> keys = failures.isEmpty() ? listed : work.keysOf(user);
        Supplier<UnitOfWork> more = () -> view.apply(rows.unitOfWork());
        if (keys.size() <= UnitOfWork.BATCH) {
            end(work, more, work.rowsOf(user), spared);
            return;
        }
        for (List<RowKey> batch : UnitOfWork.batches(keys)) { // each has time of its own
            UnitOfWork next = more.get();
            failures.runInGrid(() -> end(next, more, next.findAll(batch), spared));
        }
    }

    private void end(
            UnitOfWork work, Supplier<UnitOfWork> more, Map<RowKey, VersionedRow> found, Optional<Handle> spared) {
        Map<RowKey, VersionedRow> others = new HashMap<>(found);
        others.keySet().removeIf(key -> key.session().equals(spared));
        terminator.endAll(work, more, others, Ending.REVOKED);
    }

    /** Writes an epoch that is later than every one so far. Returns when the grid has it. */
    private static Epoch raiseEpoch(UnitOfWork work, Handle user, Optional<Handle> spared, Failures late) {
        RowKey key = RowKey.epoch(user);
        return work.update(key, work.findEpochBeforeRows(user), found -> raise(work, key, found, spared), late::add);
    }

    private static Change<Epoch> raise(
            UnitOfWork work, RowKey key, Optional<VersionedRow> found, Optional<Handle> spared) {
        boolean isReadable = found.isEmpty() || found.get().epoch().isPresent();
        Epoch former = isReadable || spared.isPresent() ? UnitOfWork.epoch(key, found) : Epoch.NONE;
        Epoch raised = former.raisedTo(later(work.now(), former.notBefore()).plus(TICK), spared);
        return Change.write(raised, outcome -> {
            if (!isReadable) {
                warnOfReplaced(key);
            }
            return raised;
        });
    }

    private static void warnOfReplaced(RowKey epoch) {
        LOG.log(
                Level.WARNING,
                LogEvent.EPOCH_REPLACED.told("The epoch " + epoch + " could not be read. All sessions of its user"
                        + " are ended, and a new epoch says so."));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
