package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.HalfWaySignIns;
import dev.postern.session.HalfWaySignIns.Found;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.HalfWay;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TokenMint;
import dev.postern.testing.Race;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sign-ins that lack their second factor over a real map, on two members. Equal rows have equal bytes there. */
@Tag("S-17")
class HalfWayOnTheGridTest {

    private static final TestCluster CLUSTER = TestCluster.ofTwo();
    private static final int RACERS = 8;

    private final KeyRing ring = KeyRing.drawn(random());
    private final TokenMint mint = new TokenMint("shop", () -> ring, new SecureRandom());
    private final List<HalfWaySignIns> nodes = List.of(node(0), node(1));

    @AfterAll
    static void stop() {
        CLUSTER.close();
    }

    @RepeatedTest(20)
    void areCompletedByOneOfManyOnBothNodes() throws Exception {
        Found begun = begin();

        List<Boolean> completed =
                Race.of(RACERS, number -> nodes.get(number % 2).complete(begun));

        assertThat(completed).containsOnlyOnce(true);
    }

    @RepeatedTest(20)
    void haveFiveAttemptsHoweverManyRace() throws Exception {
        Found begun = begin();

        List<Boolean> attempts = Race.of(RACERS, number -> nodes.get(number % 2).attempt(begun));

        assertThat(attempts.stream().filter(admitted -> admitted)).hasSize(HalfWay.MOST_ATTEMPTS);
        assertThat(nodes.get(0).find(begun.token())).isEmpty();
    }

    @Test
    void leaveTheMapSoonAfterTheirDeadline() {
        Found begun = begin();
        String key = RowKey.halfWay(begun.token()).text();
        assertThat(nodes.get(1).attempt(begun)).isTrue();

        long end = CLUSTER.map().getEntryView(key).getExpirationTime();

        assertThat(Duration.ofMillis(end - CLUSTER.cache(0).now().toEpochMilli()))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
    }

    private Found begin() {
        return nodes.get(0)
                .begin(
                        new SignInRequest(
                                TestSessions.user("ann"),
                                Set.of("pwd"),
                                false,
                                Optional.empty(),
                                draft -> {},
                                Optional.empty()),
                        Duration.ofMinutes(5));
    }

    private HalfWaySignIns node(int number) {
        RowStore rows = new RowStore(
                CLUSTER.cache(number),
                RowCodec.plain(),
                Duration.ofSeconds(20),
                new ClockJumpDetector(TestSessions.GRACE, System::nanoTime));
        return new SessionKeeper(rows, mint, TestRows.LIMITS, new EventPublisher(event -> {})).halfWaySignIns();
    }

    private static byte[] random() {
        byte[] bytes = new byte[2 * KeyRing.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
