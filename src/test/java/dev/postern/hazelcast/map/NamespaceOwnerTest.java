package dev.postern.hazelcast.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.TestCluster;
import dev.postern.hazelcast.setup.MapConfigCheck;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One namespace, several applications on one grid. */
@Tag("A5")
class NamespaceOwnerTest {

    private static final String SHOP = "application shop, module web, context path /web";
    private static final String BANK = "application bank, module web, context path /web";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestCluster cluster = TestCluster.ofTwoForClients();
    private final Grid first = cluster.grid(0);
    private final Grid second = cluster.grid(1);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void everyNodeOfOneApplicationOwnsItsNamespace() {
        assertThat(first.claim(SHOP, false, PATIENCE)).isEmpty();
        assertThat(second.claim(SHOP, false, PATIENCE)).isEmpty();

        assertThatCode(() -> read(second)).doesNotThrowAnyException();
    }

    @Test
    void anotherApplicationIsRefusedWithASentence() {
        assertThat(first.claim(SHOP, false, PATIENCE)).isEmpty();

        Optional<MapConfigCheck.Fault> fault = second.claim(BANK, false, PATIENCE);

        assertThat(fault).hasValueSatisfying(found -> {
            assertThat(found.isDangerous()).isTrue();
            assertThat(found.sentence()).contains(SHOP, BANK, "postern.cache.namespace", cluster.namespace());
        });
        assertThatThrownBy(() -> read(second))
                .isInstanceOf(PosternException.class)
                .hasStackTraceContaining(SHOP);
        assertThatCode(() -> read(first)).doesNotThrowAnyException();
    }

    @Test
    void applicationsThatNameTheNamespaceShareIt() {
        assertThat(first.claim(SHOP, true, PATIENCE)).isEmpty();
        assertThat(second.claim(BANK, true, PATIENCE)).isEmpty();

        assertThatCode(() -> read(second)).doesNotThrowAnyException();
    }

    @Test
    void namespaceOfAnotherApplicationCannotBeHadByNamingIt() {
        assertThat(first.claim(SHOP, false, PATIENCE)).isEmpty();

        Optional<MapConfigCheck.Fault> fault = second.claim(BANK, true, PATIENCE);

        assertThat(fault).hasValueSatisfying(found -> {
            assertThat(found.isDangerous()).isTrue();
            assertThat(found.sentence()).contains(SHOP, BANK, "start the other one with it first");
        });
        assertThatThrownBy(() -> read(second)).isInstanceOf(PosternException.class);
        assertThatCode(() -> read(first)).doesNotThrowAnyException();
        assertThat(cluster.addClient().claim(SHOP, false, PATIENCE)).isEmpty();
    }

    @Test
    void applicationThatNamesTheNamespaceItHasKeepsItAndSharesIt() {
        assertThat(first.claim(SHOP, false, PATIENCE)).isEmpty();
        assertThat(second.claim(SHOP, true, PATIENCE)).isEmpty();

        assertThatCode(() -> read(first)).doesNotThrowAnyException();
        assertThatCode(() -> read(second)).doesNotThrowAnyException();
        assertThat(cluster.addClient().claim(BANK, true, PATIENCE)).isEmpty();
        assertThat(cluster.addClient().claim(SHOP, false, PATIENCE)).isPresent();
    }

    @Test
    void clientOfAClusterThatStartedAnewHasNoNamespaceThatAnotherTookThere() {
        Grid client = cluster.addClient();
        assertThat(client.claim(SHOP, false, PATIENCE)).isEmpty();
        first.close();
        second.close();

        assertThat(cluster.addMember().claim(BANK, false, PATIENCE)).isEmpty();

        Deadline patience = Deadline.in(PATIENCE);
        while (!refusal(client).contains(BANK) && patience.nanosLeft() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(refusal(client)).contains(SHOP, BANK);
    }

    @Test
    void ownerOutlivesItsNodeAndEveryTimeToLive() {
        assertThat(first.claim(SHOP, true, PATIENCE)).isEmpty();
        assertThat(second.claim(BANK, true, PATIENCE)).isEmpty();
        first.close();

        var view = cluster.instances()
                .get(0)
                .getMap("postern.keys." + cluster.namespace())
                .getEntryView("owner");

        assertThat(view).isNotNull();
        assertThat(view.getTtl()).isEqualTo(Long.MAX_VALUE);
        assertThat(second.claim(BANK, false, PATIENCE)).isPresent();
    }

    @Test
    void rowThatCannotBeReadIsAnotherOwner() {
        cluster.member()
                .getMap("postern.keys." + cluster.namespace())
                .putIfAbsent("owner", new byte[] {-1}, 0, TimeUnit.SECONDS);

        assertThat(first.claim(SHOP, false, PATIENCE)).isPresent();
        assertThat(second.claim(SHOP, true, PATIENCE)).isPresent();
    }

    private static void read(Grid grid) {
        CredentialsCache cache = grid.cache(TestRows.LIFETIMES, InstantSource.system());
        assertThat(cache.read(TestRows.key(), Deadline.in(PATIENCE))).isEmpty();
    }

    private static String refusal(Grid grid) {
        try {
            read(grid);
            return "";
        } catch (PosternException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
