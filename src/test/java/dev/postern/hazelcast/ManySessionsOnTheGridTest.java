package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionCount;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInOvertakenException;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.listing.UserSessions;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.rotation.SessionPolicy.PerUser.AtLimit;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.Handle;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TokenMint;
import dev.postern.testing.Race;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The many sessions of a user over a real map, on two members. */
class ManySessionsOnTheGridTest {

    private static final TestCluster CLUSTER = TestCluster.ofTwo();
    private static final KeyRing RING = KeyRing.drawn(random());

    /** More than are listed. At night a thousand are ended on a cluster of JVMs. */
    private static final int MANY = 3 * UserSessions.MOST;

    private final String user = "user " + UUID.randomUUID();

    @AfterAll
    static void stop() {
        CLUSTER.close();
    }

    @Test
    @Tag("S-11")
    @Tag("G17")
    void areAllOverOnTheOtherNodeWhenOneCallHasEndedThem() {
        SessionKeeper one = keeper(0, SessionPolicy.PerUser.UNLIMITED);
        SessionKeeper other = keeper(1, SessionPolicy.PerUser.UNLIMITED);
        List<LiveSession> sessions = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            sessions.add(begin(one).orElseThrow());
        }
        assertThat(handles(other)).hasSize(UserSessions.MOST);
        assertThat(other.signedInUsers().count().sessions()).isGreaterThanOrEqualTo(MANY);

        one.userSessions().endAll(user);

        assertThat(sessions)
                .allSatisfy(session -> assertThat(other.resume(session.token().reveal(), TestSessions.ACTIVE))
                        .isEqualTo(new ResumeResult.Over(Ending.REVOKED)));
        assertThat(handles(other)).isEmpty();
        assertThat(begin(other)).isPresent();
    }

    @Test
    void areCountedUserByUser() {
        SessionKeeper one = keeper(0, SessionPolicy.PerUser.UNLIMITED);
        SessionCount before = one.signedInUsers().count();
        begin(one);
        begin(one);

        SessionCount after =
                keeper(1, SessionPolicy.PerUser.UNLIMITED).signedInUsers().count();

        assertThat(after).isEqualTo(new SessionCount(before.users() + 1, before.sessions() + 2));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("S-02")
    @Tag("X-25")
    void neverBecomeMoreThanTheLimitHoweverManySignInsRace(AtLimit atLimit) throws Exception {
        List<SessionKeeper> nodes = List.of(
                keeper(0, new SessionPolicy.PerUser(3, atLimit)), keeper(1, new SessionPolicy.PerUser(3, atLimit)));

        for (int round = 0; round < 10; round++) {
            Race.of(16, racer -> begin(nodes.get(racer % 2)));

            assertThat(handles(nodes.get(0))).hasSize(3);
            assertThat(handles(nodes.get(1))).isEqualTo(handles(nodes.get(0)));
        }
    }

    @RepeatedTest(10)
    @Tag("H-14")
    @Tag("I14")
    void areAllOverThoughSignInsRaceTheirEnd() throws Exception {
        SessionKeeper one = keeper(0, SessionPolicy.PerUser.UNLIMITED);
        SessionKeeper other = keeper(1, SessionPolicy.PerUser.UNLIMITED);
        List<LiveSession> before =
                List.of(begin(one).orElseThrow(), begin(other).orElseThrow());

        Race.of(8, racer -> {
            if (racer == 0) {
                one.userSessions().endAll(user);
            }
            return racer == 0 ? Optional.empty() : begin(racer % 2 == 0 ? one : other);
        });

        assertThat(before)
                .allSatisfy(session -> assertThat(other.resume(session.token().reveal(), TestSessions.ACTIVE))
                        .isEqualTo(new ResumeResult.Over(Ending.REVOKED)));
    }

    /** Empty also if all sessions of the user were ended during the sign-in. */
    private Optional<LiveSession> begin(SessionKeeper node) {
        try {
            return node.begin(new SignInRequest(TestSessions.user(user), false, Optional.empty(), draft -> {}));
        } catch (SignInOvertakenException e) {
            return Optional.empty();
        }
    }

    private List<Handle> handles(SessionKeeper node) {
        return node.userSessions().of(user).stream().map(ListedSession::handle).toList();
    }

    private static SessionKeeper keeper(int node, SessionPolicy.PerUser perUser) {
        SessionPolicy limits = TestSessions.limitedTo(perUser.most(), perUser.atLimit());
        RowStore rows = new RowStore(
                CLUSTER.cache(node),
                RowCodec.plain(),
                Duration.ofSeconds(20),
                new ClockJumpDetector(TestRows.LIMITS.renewal().grace(), System::nanoTime));
        return new SessionKeeper(
                rows, new TokenMint("shop", () -> RING, new SecureRandom()), limits, new EventPublisher(event -> {}));
    }

    private static byte[] random() {
        byte[] bytes = new byte[2 * KeyRing.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
