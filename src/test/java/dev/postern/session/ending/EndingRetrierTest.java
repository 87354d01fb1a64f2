package dev.postern.session.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Token;
import dev.postern.testing.InMemoryCredentialsCache;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ending sessions in the background. */
class EndingRetrierTest {

    private final String namespace = UUID.randomUUID().toString();
    private final CountDownLatch ended = new CountDownLatch(2);
    private final TestSessions sessions = new TestSessions();
    private final InMemoryCredentialsCache twin = sessions.twin();
    private final SessionKeeper keeper = new SessionKeeper(
            sessions.rows(twin), sessions.mint(), TestRows.LIMITS, new EventPublisher(event -> ended.countDown()));
    private final EndingRetrier retrier = keeper.endingRetrier(namespace).start();

    @AfterEach
    void stop() {
        retrier.close();
    }

    @Test
    void endsTheSessionOnceTheGridIsBackAndThenItsThread() throws Exception {
        Token token = beginAndEndInVain();
        Thread thread = thread().orElseThrow();
        assertThat(thread.isDaemon()).isTrue();

        twin.setBroken(false);

        assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue(); // created, then ended
        assertThat(sessions.row(token)).containsInstanceOf(SessionRow.Revoked.class);
        thread.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void worksAgainAfterItHadNothingToDo() throws Exception {
        endsTheSessionOnceTheGridIsBackAndThenItsThread();

        Token token = sessions.begin("ann").token();
        twin.setBroken(true);
        assertThatThrownBy(() -> keeper.end(token, Ending.SIGNED_OUT)).isInstanceOf(PosternException.class);

        assertThat(thread()).isPresent();
    }

    @Test
    void leavesNoThreadWhenItIsClosed() {
        beginAndEndInVain();
        Thread thread = thread().orElseThrow();

        retrier.close();
        retrier.close();

        assertThat(thread.isAlive()).isFalse();
        keeper.endLater(sessions.mint().first(sessions.mint().userHandle("bob")), Ending.SIGNED_OUT);
        assertThat(thread()).isEmpty();
    }

    private Token beginAndEndInVain() {
        Token token = keeper.begin(new SignInRequest(TestSessions.user("ann"), false, Optional.empty(), draft -> {}))
                .orElseThrow()
                .token();
        twin.setBroken(true);
        assertThatThrownBy(() -> keeper.end(token, Ending.SIGNED_OUT)).isInstanceOf(PosternException.class);
        return token;
    }

    private Optional<Thread> thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("postern-endings-" + namespace))
                .findFirst();
    }
}
