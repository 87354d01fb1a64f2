package dev.postern.session.lease;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What this node was told to drop lately. A member that hands a partition over answers reads with its old rows until it
 * learns that the other one has taken over (HZ-61). So a read after a drop may not have what the drop was for. No copy
 * is kept of it for a while, and a session that is over stays so.
 *
 * <p>A bounded number, the oldest go first. Times are those of the machine's monotonic clock, in nanoseconds, and are
 * passed in. Safe for concurrent use.
 */
final class RecentDrops {

    /** How many are kept in mind. */
    static final int MOST = 10_000;

    private final long settlingNanos;
    private final Map<RowKey, Drop> drops = new LinkedHashMap<>();

    /** When, and what it has ended: the session, or those of the user that the epoch ends. */
    private record Drop(long at, boolean isEnd, Epoch epoch) {

        private static final Drop NONE = new Drop(0, false, Epoch.NONE);
    }

    RecentDrops(Duration settling) {
        settlingNanos = settling.toNanos();
    }

    /** These copies are about to be dropped. */
    synchronized void add(Invalidation invalidation, long now) {
        if (invalidation instanceof Invalidation.User user) {
            add(
                    RowKey.epoch(user.user()),
                    former -> new Drop(now, false, former.epoch().and(user.epoch())));
        } else if (invalidation instanceof Invalidation.Session session) {
            add(session.key(), former -> new Drop(now, former.isEnd() || session.isOver(), Epoch.NONE));
        }
    }

    private void add(RowKey key, Function<Drop, Drop> next) {
        Drop former = at(key);
        drops.remove(key); // the map is in the order of insertion
        drops.put(key, next.apply(former));
        if (drops.size() > MOST) {
            drops.remove(drops.keySet().iterator().next());
        }
    }

    /** Whether the session of this key, which a row says is alive, is over. */
    synchronized boolean hasEnded(RowKey key, Active row) {
        return at(key).isEnd()
                || key.session()
                        .filter(session -> ofUser(key).epoch().ends(session, row))
                        .isPresent();
    }

    /** Whether a row of this key that is read now may be an old one. */
    synchronized boolean isSettling(RowKey key, long now) {
        return isSettling(at(key), now) || isSettling(ofUser(key), now);
    }

    private boolean isSettling(Drop drop, long now) {
        return !drop.equals(Drop.NONE) && now - drop.at() < settlingNanos;
    }

    private Drop at(RowKey key) {
        return drops.getOrDefault(key, Drop.NONE);
    }

    private Drop ofUser(RowKey key) {
        return key.user().map(RowKey::epoch).map(this::at).orElse(Drop.NONE);
    }
}
