package dev.postern.hazelcast.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.TestCluster;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.testing.CountingCache;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Leases over a real Hazelcast, on two members. */
@Tag("L1")
class LeasesOnTheGridTest {

    private static final KeyRing RING = KeyRing.drawn(random());
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestCluster cluster = TestCluster.ofTwoForClients();
    private final Node one = new Node(cluster.grid(0));
    private final Node other = new Node(cluster.grid(1));

    private static final class Node implements AutoCloseable {

        private final CountingCache cache;
        private final SessionCopies copies;
        private final SessionKeeper keeper;

        Node(Grid grid) {
            cache = new CountingCache(grid.cache(TestRows.LIFETIMES, InstantSource.system()));
            copies = SessionCopies.open(grid.leases(), 100, new SecureRandom(), "lease");
            RowStore rows = new RowStore(
                    cache,
                    RowCodec.plain(),
                    PATIENCE,
                    new ClockJumpDetector(TestRows.LIMITS.renewal().grace(), System::nanoTime));
            keeper = new SessionKeeper(
                    rows,
                    Optional.of(copies),
                    new TokenMint("shop", () -> RING, new SecureRandom()),
                    TestRows.LIMITS,
                    new EventPublisher(event -> {}));
            await(() -> copies.metrics().renewals() > 0);
        }

        ResumeResult resume(Token token) {
            return keeper.resume(token.reveal(), TestSessions.ACTIVE);
        }

        boolean acceptsByCopy(Token token) {
            int before = cache.reads();
            return resume(token) instanceof ResumeResult.Live && cache.reads() == before;
        }

        @Override
        public void close() {
            copies.close();
        }
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        cluster.close();
    }

    private static void await(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - began).isLessThan(PATIENCE.toNanos());
            Thread.onSpinWait();
        }
    }

    private LiveSession copiedOnBoth() {
        LiveSession session = one.keeper
                .begin(new SignInRequest(TestSessions.user("ann"), false, Optional.empty(), draft -> {}))
                .orElseThrow();
        await(() -> one.acceptsByCopy(session.token()));
        await(() -> other.acceptsByCopy(session.token()));
        return session;
    }

    @Test
    void signOutOnOneNodeCountsOnTheOtherWhenItReturns() {
        for (int i = 0; i < 20; i++) {
            LiveSession session = copiedOnBoth();

            one.keeper.end(session.token(), Ending.SIGNED_OUT);

            assertThat(other.resume(session.token())).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
        }
    }

    @Test
    @Tag("L3")
    void nodeThatStoppedWithoutAWordDelaysOneCallOnly() {
        LiveSession first = copiedOnBoth();
        LiveSession second = copiedOnBoth();
        cluster.grid(1).close();

        one.keeper.end(first.token(), Ending.SIGNED_OUT);
        long began = System.nanoTime();
        one.keeper.end(second.token(), Ending.SIGNED_OUT);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LEASE);
        assertThat(one.copies.metrics().fences()).isOne();
    }

    @Test
    void clientsHoldLeasesAndMakeMembersDropTheirCopies() {
        try (Node client = new Node(cluster.addClient())) {
            LiveSession first = copiedOnBoth();
            LiveSession second = copiedOnBoth();
            await(() -> client.acceptsByCopy(first.token()) && client.acceptsByCopy(second.token()));

            one.keeper.end(first.token(), Ending.SIGNED_OUT);
            client.keeper.end(second.token(), Ending.SIGNED_OUT);

            ResumeResult over = new ResumeResult.Over(Ending.SIGNED_OUT);
            assertThat(client.resume(first.token())).isEqualTo(over);
            assertThat(one.resume(second.token())).isEqualTo(over);
            assertThat(other.resume(second.token())).isEqualTo(over);
        }
    }

    @Test
    void nodeThatIsStoppedLeavesTheHoldersFirst() {
        LiveSession session = copiedOnBoth();
        cluster.grid(1).beforeClose(other.copies::close);
        cluster.grid(1).close();

        one.keeper.end(session.token(), Ending.SIGNED_OUT);

        assertThat(one.copies.metrics().fences()).isZero();
    }

    private static byte[] random() {
        byte[] bytes = new byte[2 * KeyRing.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
