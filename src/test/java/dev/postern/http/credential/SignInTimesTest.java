package dev.postern.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.TestDesk;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a client waits for the answer to a sign-in, by a clock that only the identity store and the waiting move. */
@Tag("S-37")
class SignInTimesTest {

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final int NAMES = 301;

    private final TestDesk desk = new TestDesk();
    private final TestWaitingClock stopwatch = desk.stopwatch;

    /** Hashing takes some 50 ms, with its noise; that there is no such user takes a millisecond. */
    @RepeatedTest(20)
    @Tag("G20")
    void observerCannotTellUsersFromOthersByTheMedian(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        double hash = 10 + random.nextInt(600);
        CredentialVerifier check = unlimited(name -> {
            double noise = Math.abs(random.nextGaussian());
            double millis = name.startsWith("user") ? hash * (1 + noise / 20) : 0.2 + noise;
            stopwatch.pass(Duration.ofNanos((long) (millis * 1_000_000)));
        });
        List<Duration> ofUsers = new ArrayList<>();
        List<Duration> ofOthers = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            ofUsers.add(time(check, "user" + i, "wrong"));
            ofOthers.add(time(check, "nobody" + i, "wrong"));
        }

        assertThat(median(ofUsers).minus(median(ofOthers)).abs())
                .as("hash of " + hash + " ms")
                .isLessThan(MILLISECOND);
    }

    @Test
    void failureIsAnsweredAtTheStepWhetherOrNotThereIsSuchAUser() {
        CredentialVerifier check = unlimited(name -> stopwatch.pass(Duration.ofMillis(name.equals("user") ? 50 : 0)));

        assertThat(time(check, "nobody", "wrong")).isEqualTo(Duration.ofMillis(125));
        assertThat(time(check, "user", "wrong")).isEqualTo(Duration.ofMillis(125));
        assertThat(time(check, "nobody", "wrong")).isEqualTo(Duration.ofMillis(125));
    }

    @Test
    void rightPasswordIsAnsweredAtOnce() {
        CredentialVerifier check = unlimited(name -> stopwatch.pass(Duration.ofMillis(50)));

        assertThat(time(check, "user", "right")).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void rightPasswordsTeachHowLongTheStoreTakes() {
        CredentialVerifier check = unlimited(name -> stopwatch.pass(Duration.ofMillis(name.equals("user") ? 300 : 0)));
        time(check, "user", "right");

        assertThat(time(check, "nobody", "wrong")).isEqualTo(Duration.ofMillis(500));
        assertThat(time(check, "user", "wrong")).isEqualTo(Duration.ofMillis(500));
    }

    /** The store takes 95 ms for a user, for which a step of 125 ms has room, and the grid 35 ms for each of them. */
    @Test
    void whatTheGridTakesToCountTheFailureIsPartOfTheTime() {
        desk.tries.beforeEachSwap(() -> stopwatch.pass(Duration.ofMillis(35)));
        CredentialVerifier check = desk.check(credential -> validate(
                name -> stopwatch.pass(Duration.ofMillis(name.equals("user") ? 95 : 0)),
                (UsernamePasswordCredential) credential));

        assertThat(time(check, "user", "wrong")).isEqualTo(Duration.ofMillis(250));
        assertThat(time(check, "nobody", "wrong")).isEqualTo(Duration.ofMillis(250));
        assertThat(time(check, "user", "wrong")).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void refusedTryIsAnsweredAtOnceForEverybody() {
        CredentialVerifier check = desk.check(credential -> {
            stopwatch.pass(Duration.ofMillis(50));
            return CredentialValidationResult.INVALID_RESULT;
        });
        for (int tries = 0; tries < 5; tries++) {
            time(check, "user", "wrong");
            time(check, "nobody", "wrong");
        }

        assertThat(time(check, "user", "wrong")).isZero();
        assertThat(time(check, "nobody", "wrong")).isZero();
    }

    @Test
    void systemsOwnClockIsWaitedFor() {
        long until = WaitingClock.SYSTEM.nanoTime() + 2_000_000;
        WaitingClock.SYSTEM.waitUntil(until);
        assertThat(WaitingClock.SYSTEM.nanoTime() - until).isNotNegative();
        WaitingClock.SYSTEM.waitUntil(until);
    }

    @Test
    void threadThatIsInterruptedWaitsNoLonger() {
        Thread.currentThread().interrupt();
        WaitingClock.SYSTEM.waitUntil(
                WaitingClock.SYSTEM.nanoTime() + Duration.ofDays(1).toNanos());
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Takes the time that the store takes for a name. */
    private interface Store {

        void look(String name);
    }

    private CredentialVerifier unlimited(Store store) {
        return desk.check(credential -> validate(store, (UsernamePasswordCredential) credential), Optional.empty());
    }

    private static CredentialValidationResult validate(Store store, UsernamePasswordCredential credential) {
        store.look(credential.getCaller());
        return credential.getPasswordAsString().equals("right")
                ? new CredentialValidationResult(credential.getCaller(), Set.of())
                : CredentialValidationResult.INVALID_RESULT;
    }

    private Duration time(CredentialVerifier check, String name, String password) {
        long began = stopwatch.nanoTime();
        Credential credential = new UsernamePasswordCredential(name, password);
        CredentialVerdict verdict = check.of(credential, TestDesk.anonymous().get(), Optional::empty, right -> false);
        assertThat(verdict).isNotInstanceOf(CredentialVerdict.Unknown.class);
        return stopwatch.since(began);
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
