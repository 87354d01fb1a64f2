package dev.postern.hazelcast.call;

import com.hazelcast.core.HazelcastInstance;
import dev.postern.hazelcast.quorum.HazelcastMembers;
import dev.postern.hazelcast.quorum.Quorum;

/** Calls with a minimum of one member. */
public final class TestCalls {

    private TestCalls() {}

    public static GridCalls to(HazelcastInstance instance, CallThreads threads) {
        return to(instance, threads, new MergeGate(() -> instance));
    }

    static GridCalls to(HazelcastInstance instance, CallThreads threads, MergeGate gate) {
        return new GridCalls(
                threads, gate, new Quorum(new HazelcastMembers(() -> instance, () -> instance.getMap("unused")), 1));
    }
}
