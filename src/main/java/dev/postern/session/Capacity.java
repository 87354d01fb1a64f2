package dev.postern.session;

import dev.postern.Ending;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Keeps a user's sessions within their number. It takes no lock: whoever has begun a session lists them all, and ends those
 * beyond the limit. All who do so at the same moment have the same order, and so end the same ones.
 *
 * <p>Safe for concurrent use.
 */
final class Capacity {

    private final PerUser limit;
    private final Graveyard graveyard;

    Capacity(PerUser limit, Graveyard graveyard) {
        this.limit = limit;
        this.graveyard = graveyard;
    }

    /** Whether one more session may be tried: not where it would be refused anyway. */
    boolean hasRoom(Visit visit, Handle user) {
        return !limit.isRefusing() || Roster.of(visit, user).size() < limit.most();
    }

    /** Ends what is beyond the limit now that this session has begun. False when that is this session itself. */
    boolean keeps(Visit visit, Token begun) {
        List<Handle> beyond =
                limit.isLimited() ? beyond(Roster.of(visit, begun.user()), limit.isRefusing()) : List.of();
        beyond.forEach(handle -> graveyard.bury(visit, RowKey.session(begun.user(), handle), Ending.EVICTED));
        return !beyond.contains(begun.session());
    }

    private List<Handle> beyond(List<LivingSession> newestFirst, boolean doOldestStay) {
        List<Handle> handles =
                new ArrayList<>(newestFirst.stream().map(LivingSession::handle).toList());
        if (doOldestStay) {
            Collections.reverse(handles);
        }
        return handles.subList(Math.min(limit.most(), handles.size()), handles.size());
    }
}
