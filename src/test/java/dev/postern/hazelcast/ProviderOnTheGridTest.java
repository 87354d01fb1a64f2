package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.ProviderLogin;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInOvertakenException;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.provider.ProviderLogouts.Notice;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.Race;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;

/** Sign-ins and logouts of one provider at the same moment, over a real map, on two members. */
@Tag("S-18")
class ProviderOnTheGridTest {

    private static final TestCluster CLUSTER = TestCluster.ofTwo();
    private static final String ISSUER = "https://id.example";
    private static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");
    private static final int RACERS = 6;

    private final KeyRing ring = KeyRing.drawn(random());
    private final TokenMint mint = new TokenMint("shop", () -> ring, new SecureRandom());
    private final List<SessionKeeper> nodes = List.of(node(0), node(1));

    @AfterAll
    static void stop() {
        CLUSTER.close();
    }

    /** Racer 0 is the provider, all others sign in with its session, on both nodes. */
    @RepeatedTest(40)
    void leaveNoSession(RepetitionInfo repetition) throws Exception {
        boolean isBySession = repetition.getCurrentRepetition() % 2 == 0;
        Notice notice = new Notice(
                ISSUER,
                "token",
                isBySession ? Optional.empty() : Optional.of("a1"),
                isBySession ? Optional.of("sid") : Optional.empty(),
                THEN,
                THEN.plusSeconds(120));

        List<Optional<LiveSession>> begun = Race.of(RACERS, number -> {
            if (number == 0) {
                assertThat(nodes.get(0).providerLogouts().end(notice)).isTrue();
                return Optional.empty();
            }
            return begin(nodes.get(number % 2));
        });

        for (Optional<LiveSession> session : begun) {
            session.ifPresent(live ->
                    nodes.forEach(node -> assertThat(node.resume(live.token().reveal(), TestSessions.ACTIVE))
                            .isNotInstanceOf(ResumeResult.Live.class)));
        }
        assertThat(nodes.get(0).userSessions().of("ann")).isEmpty();
        assertThat(begin(nodes.get(1))).isEmpty();
    }

    private static Optional<LiveSession> begin(SessionKeeper node) {
        ProviderLogin login = new ProviderLogin(ISSUER, "a1", Optional.of("sid"), THEN);
        try {
            return node.begin(new SignInRequest(
                    new SessionUser("ann", Set.of("clerk"), login.attributes()), false, Optional.empty(), draft -> {}));
        } catch (SignInOvertakenException e) {
            return Optional.empty();
        }
    }

    private SessionKeeper node(int number) {
        RowStore rows = new RowStore(
                CLUSTER.cache(number),
                RowCodec.plain(),
                Duration.ofSeconds(20),
                new ClockJumpDetector(TestSessions.GRACE, System::nanoTime));
        return new SessionKeeper(rows, mint, TestRows.LIMITS, new EventPublisher(event -> {}));
    }

    private static byte[] random() {
        byte[] bytes = new byte[2 * KeyRing.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
