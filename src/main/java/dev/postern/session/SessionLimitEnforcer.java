package dev.postern.session;

import dev.postern.Ending;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.listing.ListedSession.Rank;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.store.Failures;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Enforces the limit of sessions per user, without a lock. Each sign-in creates its session, lists all sessions of the
 * user, and ends those beyond the limit. Concurrent sign-ins list them in the same order, and so end the same ones.
 *
 * <p>Safe for concurrent use.
 */
final class SessionLimitEnforcer {

    /** The most rows of a user, beside those of living sessions: tombstones, which stay for a while. */
    static final int MOST_ROWS = 10_000;

    private final SessionPolicy.PerUser limit;
    private final SessionTerminator terminator;

    SessionLimitEnforcer(SessionPolicy.PerUser limit, SessionTerminator terminator) {
        this.limit = limit;
        this.terminator = terminator;
    }

    /** Whether a sign-in may create a session. False if it would be refused anyway, or if there are too many rows. */
    boolean hasRoom(UnitOfWork work, Handle user) {
        return work.keysOf(user).size() < MOST_ROWS + limit.most()
                && (!limit.isRefusing() || newestFirst(work, user).size() < limit.most());
    }

    /**
     * Ends the sessions beyond the limit. False if the new session is one of them.
     *
     * @param late notes which ends are in force on all nodes, and not yet in a database beside the grid
     */
    boolean enforce(UnitOfWork work, Token begun, Failures late) {
        List<Handle> beyond =
                limit.isLimited() ? beyond(newestFirst(work, begun.user()), limit.isRefusing()) : List.of();
        beyond.forEach(handle ->
                late.runInGrid(() -> terminator.end(work, RowKey.session(begun.user(), handle), Ending.EVICTED)));
        return !beyond.contains(begun.session());
    }

    /** The living sessions of the user, without their rows: there may be many. */
    private static List<Handle> newestFirst(UnitOfWork work, Handle user) {
        Epoch epoch = work.epoch(user);
        SortedMap<Rank, Handle> living = new TreeMap<>(Comparator.reverseOrder());
        work.eachOf(
                user,
                rows -> ListedSession.among(rows, epoch, work.now())
                        .forEach(session -> living.put(session.rank(), session.handle())));
        return List.copyOf(living.values());
    }

    private List<Handle> beyond(List<Handle> newestFirst, boolean isNewestToGo) {
        List<Handle> handles = new ArrayList<>(newestFirst);
        if (isNewestToGo) {
            Collections.reverse(handles);
        }
        return handles.subList(Math.min(limit.most(), handles.size()), handles.size());
    }
}
