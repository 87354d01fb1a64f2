package dev.postern.hazelcast;

import com.hazelcast.core.HazelcastInstance;

/** Calls that any number of members may answer. */
final class TestCalls {

    private TestCalls() {}

    static GridCalls to(HazelcastInstance instance, CallThreads threads) {
        return to(instance, threads, new MergeGate(() -> instance));
    }

    static GridCalls to(HazelcastInstance instance, CallThreads threads, MergeGate gate) {
        return new GridCalls(
                threads, gate, new Quorum(new HazelcastMembers(() -> instance, () -> instance.getMap("unused")), 1));
    }
}
