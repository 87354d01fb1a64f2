package dev.postern.session.listing;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.event.LogEvent;
import dev.postern.session.listing.ListedSession.Rank;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Handle;
import dev.postern.session.token.TokenMint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The sessions of one user: lists them, and ends some or all.
 *
 * <p>All are ended by the epoch, which is one write and reaches those too that cannot be seen from here, at their next
 * touch, renewal or sign-in. Those that can be seen get their tombstones at once.
 *
 * <p>Every method throws {@link PosternException} when the grid does not answer in time; what was to be ended may be
 * over then, or be over in part. Safe for concurrent use.
 */
public final class UserSessions {

    /** How many sessions are listed at once at most. */
    public static final int MOST = 100;

    /** Work for one user is done for one caller at a time, and four more wait, or more where it is quick. */
    public static final Bulkhead.Limits LIMITS = new Bulkhead.Limits(16, 1, 64, 4, Duration.ofMillis(50));

    /** A session that began in the very moment in which all were ended is over, too. */
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

    /** Some of the living sessions of a user, newest first, and what the next page is asked with. */
    public record Page(List<ListedSession> sessions, Optional<String> next) {

        public Page {
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * The {@link #MOST} newest of the living sessions of the user of that name that can be seen from here, newest
     * first.
     */
    public List<ListedSession> of(String user) {
        return page(user, Optional.empty(), MOST).sessions();
    }

    /**
     * So many of them at most, from behind the one where another page ended. The rows of the user are read some at a
     * time, and for one caller at a time; others wait for a moment.
     *
     * @throws IllegalArgumentException when {@code after} is no {@link Page#next()}, or the limit is not from 1 to
     *     {@link #MOST}
     * @throws Bulkhead.BusyException when too many list the sessions of this user
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
        Epoch epoch = work.epoch(user);
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

    /**
     * How long the session whose row is stored under the key lives from now unless it is used again; empty if it has
     * ended. Reading does not extend it.
     */
    public Optional<Duration> timeLeft(RowKey key) {
        UnitOfWork work = rows.unitOfWork();
        return key.user()
                .flatMap(user -> living(work, user, key))
                .map(living -> Duration.between(work.now(), living.row().times().expires()));
    }

    /** Ends one session of the user. False when there is no living one of that handle. */
    public boolean end(String user, Handle session) {
        UnitOfWork work = rows.unitOfWork();
        RowKey key = RowKey.session(mint.userHandle(user), session);
        Optional<ListedSession> living = living(work, mint.userHandle(user), key);
        living.ifPresent(found -> terminator.terminate(work, key, Ending.REVOKED));
        return living.isPresent();
    }

    /**
     * Ends all sessions of the user but one. False, and nothing is ended, when that one is not alive.
     *
     * @throws Bulkhead.BusyException when too many do so for this user
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
     * Ends all sessions of the user, and those too whose sign-in is under way. An epoch that cannot be read is replaced
     * by one that ends everything.
     */
    public void endAll(String user) {
        endAll(rows.unitOfWork(), mint.userHandle(user), Optional.empty());
    }

    private static Optional<ListedSession> living(UnitOfWork work, Handle user, RowKey key) {
        Epoch epoch = work.epoch(user);
        return work.find(key).flatMap(found -> ListedSession.of(key, found, epoch, work.now()));
    }

    private void endAll(UnitOfWork work, Handle user, Optional<Handle> spared) {
        Instant raised = raiseEpoch(work, user, spared);
        Set<RowKey> keys = work.keysOf(user);
        if (keys.size() <= UnitOfWork.PIECE) {
            end(work, work.rowsOf(user), spared);
        } else {
            for (List<RowKey> piece : UnitOfWork.pieces(keys)) { // each waits for the grid as long as a request
                UnitOfWork next = rows.unitOfWork();
                end(next, next.findAll(piece), spared);
            }
        }
        rows.await(raised);
    }

    private void end(UnitOfWork work, Map<RowKey, VersionedRow> found, Optional<Handle> spared) {
        Map<RowKey, VersionedRow> seen = found.entrySet().stream()
                .filter(row -> mayBeAlive(row.getKey(), row.getValue())
                        && !row.getKey().session().equals(spared))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        terminator.terminateAll(work, seen, Ending.REVOKED);
    }

    /** A row that cannot be read here may be a session to a node that has its key. */
    private static boolean mayBeAlive(RowKey key, VersionedRow found) {
        return key.session().isPresent()
                && found.row().filter(row -> !(row instanceof Active)).isEmpty();
    }

    /** Later than every epoch so far. Answers from when on sessions count again. */
    private static Instant raiseEpoch(UnitOfWork work, Handle user, Optional<Handle> spared) {
        RowKey key = RowKey.epoch(user);
        while (work.hasTime()) {
            Optional<VersionedRow> found = work.find(key);
            boolean isReadable =
                    found.isEmpty() || UnitOfWork.readableEpoch(found.get()).isPresent();
            Epoch former = isReadable || spared.isPresent() ? UnitOfWork.epoch(key, found) : Epoch.NONE;
            Epoch raised = former.raisedTo(later(work.now(), former.notBefore()).plus(TICK), spared);
            UnitOfWork.Outcome outcome =
                    found.map(row -> work.swap(key, row, raised)).orElseGet(() -> work.create(key, raised));
            if (outcome.isDone()) {
                if (!isReadable) {
                    LOG.log(
                            Level.WARNING,
                            LogEvent.EPOCH_REPLACED.told(
                                    "The epoch " + key + " could not be read. All sessions of its user"
                                            + " are ended, and a new epoch says so."));
                }
                return raised.notBefore();
            }
        }
        throw work.contended(key);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
