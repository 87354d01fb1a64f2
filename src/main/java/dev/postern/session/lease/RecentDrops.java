package dev.postern.session.lease;

import dev.postern.session.row.RowKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private final Map<String, Drop> drops = new LinkedHashMap<>();

    private record Drop(long at, boolean isEnd) {}

    RecentDrops(Duration settling) {
        settlingNanos = settling.toNanos();
    }

    /** The copies with this key, or those of the user with whose handle all keys begin, are about to be dropped. */
    synchronized void add(String prefix, boolean isEnd, long now) {
        Drop former = drops.remove(prefix);
        drops.put(prefix, new Drop(now, isEnd || (former != null && former.isEnd())));
        if (drops.size() > MOST) {
            drops.remove(drops.keySet().iterator().next());
        }
    }

    /** Whether the session of this key is over. */
    synchronized boolean hasEnded(RowKey key) {
        Drop drop = drops.get(key.text());
        return drop != null && drop.isEnd();
    }

    /** Whether a row of this key that is read now may be an old one. */
    synchronized boolean isSettling(RowKey key, long now) {
        return isSettling(drops.get(key.text()), now)
                || key.user()
                        .filter(user -> isSettling(drops.get(RowKey.epoch(user).text()), now))
                        .isPresent();
    }

    private boolean isSettling(@Nullable Drop drop, long now) {
        return drop != null && now - drop.at() < settlingNanos;
    }
}
