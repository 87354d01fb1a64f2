package dev.postern.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.SessionEvent.SignInThrottled;
import dev.postern.http.TestDesk;
import dev.postern.testing.TestRequest;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More sign-ins at once than the identity store can answer. */
@Tag("B4")
class CrowdedSignInTest {

    private final TestDesk desk = new TestDesk();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch answering = new CountDownLatch(1);
    private final Semaphore asked = new Semaphore(0);
    private final CredentialVerifier check = desk.check(credential -> {
        asked.release();
        return answer();
    });

    private CredentialValidationResult answer() {
        try {
            answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new CredentialValidationResult("user", Set.of());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneNetworkHasHalfOfTheTurnsAndTheRestIsToldToComeBack() throws Exception {
        List<Future<CredentialVerdict>> verdicts = new ArrayList<>();
        for (int client = 0; client < 30; client++) {
            verdicts.add(signIn("192.0.2.1"));
        }
        assertThat(asked.tryAcquire(TestDesk.MOST / 2, 20, TimeUnit.SECONDS)).isTrue();
        verdicts.add(signIn("192.0.2.2"));
        assertThat(asked.tryAcquire(1, 20, TimeUnit.SECONDS))
                .as("from elsewhere")
                .isTrue();
        awaitRefusals(verdicts, 30 - TestDesk.MOST / 2);

        answering.countDown();
        List<CredentialVerdict> all = new ArrayList<>();
        for (Future<CredentialVerdict> verdict : verdicts) {
            all.add(verdict.get(20, TimeUnit.SECONDS));
        }
        assertThat(all.stream().filter(CredentialVerdict.Right.class::isInstance))
                .hasSize(TestDesk.MOST / 2 + 1);
        assertThat(all.stream().filter(new CredentialVerdict.TooMany(Duration.ofSeconds(1))::equals))
                .hasSize(30 - TestDesk.MOST / 2);
        assertThat(desk.events).hasSize(20).as("a second's").allMatch(SignInThrottled.class::isInstance);
    }

    private static void awaitRefusals(List<Future<CredentialVerdict>> verdicts, int count) {
        while (verdicts.stream().filter(Future::isDone).count() < count) {
            Thread.onSpinWait();
        }
    }

    private Future<CredentialVerdict> signIn(String address) {
        TestRequest request = new TestRequest().answer("getRemoteAddr", address);
        return threads.submit(() -> check.of(
                new UsernamePasswordCredential("user", "right"), request.get(), Optional::empty, right -> false));
    }
}
