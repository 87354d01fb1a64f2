package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that claim their namespace before enough members are present. */
@Tag("A5")
@Tag("G10")
class EarlyClaimTest {

    private static final String SHOP = "application shop, module web, context path /web";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void nodeThatStartedAloneServesAsSoonAsEnoughAreThere() {
        try (TestCluster cluster = TestCluster.ready()) {
            Grid first = cluster.add(2);
            assertThat(first.claim(SHOP, false, PATIENCE)).isEmpty();
            Grid second = cluster.add(2);
            assertThat(second.claim(SHOP, false, PATIENCE)).isEmpty();

            read(first);
            read(second);
        }
    }

    private static void read(Grid grid) {
        CredentialsCache cache = grid.cache(TestRows.LIFETIMES, InstantSource.system());
        assertThat(cache.read(TestRows.key(), Deadline.in(PATIENCE))).isEmpty();
    }
}
