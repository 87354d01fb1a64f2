package dev.postern.hazelcast.watch;

import com.hazelcast.client.Client;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.postern.hazelcast.call.ClusterChanges;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether this node may have missed events of the map since its last scan of all rows: it has merged into another
 * cluster (D23), a client was disconnected, or the queue of events was full.
 *
 * <p>Safe for concurrent use.
 */
final class MissedEventTracker {

    /** The least time between two scans. It is half of the watcher's pause, so that each pause can end with a scan. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(TombstoneWatcher.PAUSE_SECONDS) / 2;

    /** How long a client may need to connect to every member. Until then it misses events of the others. */
    private static final long CONNECTING_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Supplier<HazelcastInstance> hazelcast;
    private volatile boolean isMissed;
    private volatile long connectedAt = System.nanoTime();
    private volatile long scannedAt = System.nanoTime() - 2 * PAUSE_NANOS;

    MissedEventTracker(Supplier<HazelcastInstance> hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Notes a change of the cluster. Answers whether events may have been missed by it. */
    boolean onLifecycle(LifecycleState state) {
        if (!ClusterChanges.isChange(state)) {
            return false;
        }
        connectedAt = System.nanoTime();
        markMissed();
        return true;
    }

    void markMissed() {
        isMissed = true;
    }

    boolean isRescanDue() {
        return (isMissed || isConnecting()) && System.nanoTime() - scannedAt > PAUSE_NANOS;
    }

    /** A member receives all events from its registration on. */
    private boolean isConnecting() {
        return hazelcast.get().getLocalEndpoint() instanceof Client
                && System.nanoTime() - connectedAt < CONNECTING_NANOS;
    }

    /** Scans. The scan itself may find out that it has to be repeated. */
    void rescan(Runnable scan) {
        isMissed = false;
        scan.run();
        scannedAt = System.nanoTime();
    }
}
