package dev.postern.hazelcast.call;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleService;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Counts how often this node may have come to another cluster: a member has merged into another part (D23), a client
 * has connected again, or another instance has replaced one that stopped. What was read before a change has to be read
 * again.
 *
 * <p>Safe for concurrent use.
 */
public final class ClusterChanges implements AutoCloseable {

    private final Supplier<HazelcastInstance> hazelcast;
    private final AtomicInteger count = new AtomicInteger();
    private volatile UUID listener;

    public ClusterChanges(Supplier<HazelcastInstance> hazelcast) {
        this.hazelcast = hazelcast;
        this.listener = register();
    }

    private UUID register() {
        return hazelcast.get().getLifecycleService().addLifecycleListener(this::stateChanged);
    }

    private void stateChanged(LifecycleEvent event) {
        if (isChange(event.getState())) {
            count.incrementAndGet();
        }
    }

    /** Whether a node in this state may see other data than before. */
    public static boolean isChange(LifecycleState state) {
        return state == LifecycleState.MERGED || state == LifecycleState.CLIENT_CONNECTED;
    }

    /** How many changes there have been. */
    public int count() {
        return count.get();
    }

    /** Another instance has replaced one that stopped. */
    public void instanceReplaced() {
        listener = register();
        count.incrementAndGet();
    }

    /** Removes the listener. Idempotent. */
    @Override
    public void close() {
        LifecycleService service = hazelcast.get().getLifecycleService();
        if (service.isRunning()) {
            service.removeLifecycleListener(listener);
        }
    }
}
