package dev.postern.hazelcast.watch;

import com.hazelcast.client.Client;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether this node may have missed events of the map since it looked at all rows: it has merged into another cluster
 * (D23), a client was away, or an event was dropped.
 *
 * <p>Safe for concurrent use.
 */
final class MissedEventTracker {

    /** Not to look over all rows after each single event while something is wrong: half of the watch's own pause. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(TombstoneWatcher.PAUSE_SECONDS) / 2;

    /** How long a client may need to connect to every member; what others own it does not hear of before. */
    private static final long CONNECTING_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Supplier<HazelcastInstance> hazelcast;
    private volatile boolean isLikely;
    private volatile long connectedAt = System.nanoTime();
    private volatile long lookedAt = System.nanoTime() - 2 * PAUSE_NANOS;

    MissedEventTracker(Supplier<HazelcastInstance> hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Takes note of a change of the cluster, and answers whether events may be missing after it. */
    boolean onLifecycle(LifecycleState state) {
        if (state != LifecycleState.MERGED && state != LifecycleState.CLIENT_CONNECTED) {
            return false;
        }
        connectedAt = System.nanoTime();
        markMissed();
        return true;
    }

    void markMissed() {
        isLikely = true;
    }

    boolean isRescanDue() {
        return (isLikely || isConnecting()) && System.nanoTime() - lookedAt > PAUSE_NANOS;
    }

    /** A member hears of everything once it has registered. */
    private boolean isConnecting() {
        return hazelcast.get().getLocalEndpoint() instanceof Client
                && System.nanoTime() - connectedAt < CONNECTING_NANOS;
    }

    /** The look itself may find that it has to be repeated. */
    void rescan(Runnable look) {
        isLikely = false;
        look.run();
        lookedAt = System.nanoTime();
    }
}
