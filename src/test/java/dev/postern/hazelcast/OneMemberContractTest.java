package dev.postern.hazelcast;

import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.CredentialsCacheContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OneMemberContractTest extends CredentialsCacheContract {

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestCluster.alone();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    public CredentialsCache cache() {
        return cluster.cache(0);
    }

    @Override
    public CredentialsCache other() {
        return cluster.cache(0);
    }

    @Override
    public Duration timeLeft(RowKey key) {
        return cluster.timeLeft(key);
    }
}
