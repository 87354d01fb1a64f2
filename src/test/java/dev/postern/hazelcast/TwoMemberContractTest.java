package dev.postern.hazelcast;

import dev.postern.session.CredentialsCache;
import dev.postern.session.CredentialsCacheContract;
import dev.postern.session.RowKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class TwoMemberContractTest extends CredentialsCacheContract {

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestCluster.ofTwo();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    protected CredentialsCache cache() {
        return cluster.cache(0);
    }

    @Override
    protected CredentialsCache other() {
        return cluster.cache(1);
    }

    @Override
    protected Duration timeLeft(RowKey key) {
        return cluster.timeLeft(key);
    }
}
