package dev.postern.hazelcast;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.security.SecureRandom;
import java.time.Duration;

/** One session in a short life of an application: created, read, ended, with keys that the cluster has generated. */
record Life(TestCluster cluster) {

    void use() {
        cluster.grid(0).watch(RowCodec.plain(), over -> {});
        CredentialsCache cache = cluster.cache(0);
        Deadline soon = Deadline.in(Duration.ofSeconds(20));
        RowKey key = TestRows.key();
        byte[] row = TestRows.live(cache.now(), Duration.ofMinutes(30));
        boolean isAlive = cluster.grid(0)
                                .clusterKeys(new SecureRandom(), Duration.ofSeconds(20))
                                .get()
                        != null
                && cache.create(key, row, soon)
                && cache.read(key, soon).isPresent()
                && cache.swap(key, row, TestRows.tombstone(cache.now(), Duration.ofHours(1)), soon);
        if (!isAlive) {
            throw new AssertionError("The session was not kept.");
        }
    }
}
