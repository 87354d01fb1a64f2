package dev.postern.session;

import dev.postern.Ending;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.listing.ListedSession.Rank;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
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
 * Keeps a user's sessions within their number. It takes no lock: each sign-in that has begun a session lists them all,
 * and ends those beyond the limit. All that do so at the same moment have the same order, and so end the same ones.
 *
 * <p>Safe for concurrent use.
 */
final class SessionLimitEnforcer {

    /**
     * How many rows a user may have in the grid beside living sessions. Each session that is over leaves its tombstone
     * for as long as a copy of it might come back.
     */
    static final int MOST_ROWS = 10_000;

    private final SessionPolicy.PerUser limit;
    private final SessionTerminator terminator;

    SessionLimitEnforcer(SessionPolicy.PerUser limit, SessionTerminator terminator) {
        this.limit = limit;
        this.terminator = terminator;
    }

    /**
     * Whether one more session may be tried: not where it would be refused anyway, nor where its user has too many
     * rows.
     */
    boolean hasRoom(UnitOfWork work, Handle user) {
        return work.keysOf(user).size() < MOST_ROWS + limit.most()
                && (!limit.isRefusing() || newestFirst(work, user).size() < limit.most());
    }

    /** Ends what is beyond the limit now that this session has begun. False when that is this session itself. */
    boolean keeps(UnitOfWork work, Token begun) {
        List<Handle> beyond =
                limit.isLimited() ? beyond(newestFirst(work, begun.user()), limit.isRefusing()) : List.of();
        beyond.forEach(handle -> terminator.terminate(work, RowKey.session(begun.user(), handle), Ending.EVICTED));
        return !beyond.contains(begun.session());
    }

    /** Of the rows nothing else is kept, because there may be many. */
    private static List<Handle> newestFirst(UnitOfWork work, Handle user) {
        Epoch epoch = work.epoch(user);
        SortedMap<Rank, Handle> living = new TreeMap<>(Comparator.reverseOrder());
        work.eachOf(user, rows -> ListedSession.among(rows, epoch, work.now())
                .forEach(session -> living.put(session.rank(), session.handle())));
        return List.copyOf(living.values());
    }

    private List<Handle> beyond(List<Handle> newestFirst, boolean doOldestStay) {
        List<Handle> handles = new ArrayList<>(newestFirst);
        if (doOldestStay) {
            Collections.reverse(handles);
        }
        return handles.subList(Math.min(limit.most(), handles.size()), handles.size());
    }
}
