package dev.postern.hazelcast;

import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.CredentialsCacheContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ClientContractTest extends CredentialsCacheContract {

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestCluster.ofTwoForClients();
        cluster.addClient();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    public CredentialsCache cache() {
        return cluster.cache(2);
    }

    @Override
    public CredentialsCache other() {
        return cluster.cache(1);
    }

    @Override
    public Duration timeLeft(RowKey key) {
        return cluster.timeLeft(key);
    }
}
