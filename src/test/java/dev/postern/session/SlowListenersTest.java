package dev.postern.session;

import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TOUCH;
import static dev.postern.session.TestSessions.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent.Rejected;
import dev.postern.SessionEvent.ReuseDetected;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The deadline for the grid does not include the time that listeners of the application take. */
class SlowListenersTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final TestSessions sessions = new TestSessions();
    private final SessionKeeper impatient = new SessionKeeper(
            new RowStore(sessions.cache(), sessions.codec(), PATIENCE, TestRows.watch(sessions.twin())),
            new TokenMint("shop", () -> KeyRing.drawn(new byte[64]), new SecureRandom()),
            TestRows.LIMITS,
            new EventPublisher(any -> dawdle()));

    @Test
    void aSlowContributorKeepsNoSecretFromBeingRenewed() {
        LiveSession begun = begin(Optional.empty(), "ann");
        sessions.twin().pass(RENEW);

        ResumeResult result =
                impatient.resume(begun.token().reveal(), ResumeRequest.active(draft -> dawdle("slow", draft::put)));

        assertThat(result).isInstanceOf(ResumeResult.Live.class);
        assertThat(((ResumeResult.Live) result).session().row().metadata()).isEqualTo(Map.of("slow", "yes"));
    }

    @Test
    @Tag("V-18")
    void aSlowObserverKeepsNoFormerSessionAlive() {
        LiveSession anns = begin(Optional.empty(), "ann");

        begin(Optional.of(anns.token()), "bob");

        assertThat(impatient.resume(anns.token().reveal(), ResumeRequest.PASSIVE))
                .isEqualTo(new ResumeResult.Over(Ending.REPLACED));
    }

    @Test
    @Tag("S-63")
    void noFloodOfGarbageHidesACopy() {
        Token first = sessions.begin("ann").token();
        sessions.renewed(first);
        sessions.twin().pass(TestSessions.GRACE.multipliedBy(4));
        for (int i = 0; i < 2 * EventPublisher.MOST_A_SECOND; i++) {
            sessions.keeper().resume("garbage", ResumeRequest.PASSIVE);
        }

        sessions.resume(first);

        assertThat(sessions.events(ReuseDetected.class)).hasSize(1);
        assertThat(sessions.events(Rejected.class)).hasSize(EventPublisher.MOST_A_SECOND);
    }

    @Test
    @Tag("I14")
    void aRequestThatOnlyLooksFindsTheEpochToo() {
        LiveSession begun = sessions.begin("ann");
        sessions.createEpoch(begun.token(), START.plusMillis(1));
        sessions.twin().pass(TOUCH);

        assertThat(sessions.keeper().resume(begun.token().reveal(), ResumeRequest.PASSIVE))
                .isEqualTo(new ResumeResult.Over(Ending.REVOKED));
    }

    private LiveSession begin(Optional<Token> presented, String name) {
        return impatient
                .begin(new SignInRequest(user(name), false, presented, draft -> {}))
                .orElseThrow();
    }

    private static void dawdle(String name, BiConsumer<String, String> put) {
        dawdle();
        put.accept(name, "yes");
    }

    private static void dawdle() {
        long end = System.nanoTime() + PATIENCE.multipliedBy(2).toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(PATIENCE.toNanos());
        }
    }
}
