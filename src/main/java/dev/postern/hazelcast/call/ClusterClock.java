package dev.postern.hazelcast.call;

import com.hazelcast.core.HazelcastInstance;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The cluster's time, on which all members agree, independent of their own clocks (D11). A Hazelcast client answers
 * with the clock of its machine instead. For a stopped member the given clock serves.
 *
 * <p>Safe for concurrent use.
 */
public final class ClusterClock {

    private final Supplier<HazelcastInstance> hazelcast;
    private final InstantSource own;

    public ClusterClock(Supplier<HazelcastInstance> hazelcast, InstantSource own) {
        this.hazelcast = hazelcast;
        this.own = own;
    }

    /** The time, to the millisecond. Never throws. */
    public Instant now() {
        try {
            return Instant.ofEpochMilli(hazelcast.get().getCluster().getClusterTime());
        } catch (RuntimeException e) {
            return Instant.ofEpochMilli(own.millis());
        }
    }
}
