package dev.postern.hazelcast;

import com.hazelcast.core.HazelcastInstance;

/**
 * A running Hazelcast instance, how we came to it ({@link GridSource#AUTO} excepted), and words for it in the log.
 *
 * <p>Immutable.
 */
record GridInstance(HazelcastInstance hazelcast, GridSource source, String words) {

    private static final String ONE_MEMBER = ". It has one member: sessions are lost when that stops, and no other node"
            + " knows them. For a cluster see postern.cache.members and postern.cache.config.";

    /** What the log says at the start: where sessions live, and what it costs when that is one place only. */
    String description() {
        int members = hazelcast.getCluster().getMembers().size();
        return "Sessions live in " + words + (members == 1 ? ONE_MEMBER : ". It has " + members + " members.");
    }

    boolean isClient() {
        return source == GridSource.CLIENT;
    }

    /** Leaves the cluster gracefully, unless the instance is the server's, which the server stops (PY-10). */
    void close() {
        if (source != GridSource.SERVER) {
            hazelcast.shutdown();
        }
    }
}
