package dev.postern.http.logout;

import static dev.postern.http.logout.SignatureAlgorithm.ES256;
import static dev.postern.http.logout.SignatureAlgorithm.PS256;
import static dev.postern.http.logout.SignatureAlgorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When the keys of a provider are fetched, and which of them count. */
@Tag("S-18")
class ProviderKeysTest {

    private final TestProvider provider = new TestProvider();
    private final AtomicLong nanos = new AtomicLong();
    private final ProviderKeys keys = new ProviderKeys(provider::fetch, Duration.ofMillis(200), nanos::get);

    @Test
    void areFetchedOnceAndAgainWhenTheyAreOld() throws Exception {
        assertThat(provider.fetches()).isZero();
        assertThat(find("rsa")).hasSize(1);
        assertThat(find("rsa")).hasSize(1);
        assertThat(provider.fetches()).isEqualTo(1);

        pass(ProviderKeys.LONGEST);

        assertThat(find("rsa")).hasSize(1);
        assertThat(provider.fetches()).isEqualTo(2);
    }

    @Test
    void unknownOneIsLookedForNowAndThen() throws Exception {
        assertThat(find("rsa")).hasSize(1);
        assertUnknown();
        assertThat(provider.fetches()).isEqualTo(1);

        pass(ProviderKeys.PAUSE);
        assertThat(find("invented")).isEmpty();
        assertUnknown();
        assertThat(provider.fetches()).isEqualTo(2);
    }

    /** The provider may have begun to use it since. */
    private void assertUnknown() {
        for (int tries = 0; tries < 100; tries++) {
            assertThatThrownBy(() -> find("invented")).isInstanceOf(KeysUnavailableException.class);
        }
    }

    @Test
    void newOneIsFoundAfterThePause() throws Exception {
        assertThat(find("rsa")).hasSize(1);
        provider.publish(TestProvider.rsa("new", 2048));
        pass(ProviderKeys.PAUSE);

        assertThat(find("new")).hasSize(1);
        assertThatThrownBy(() -> find("rsa")).as("withdrawn").isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void oldOnesDoNotCountWhileTheProviderIsDown() throws Exception {
        assertThat(find("rsa")).hasSize(1);
        provider.setDown(true);

        pass(ProviderKeys.LONGEST.minusNanos(1));
        assertThat(find("rsa")).hasSize(1);
        pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> find("rsa")).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void providerThatIsDownIsAskedNowAndThen() throws Exception {
        provider.setDown(true);
        for (int tries = 0; tries < 100; tries++) {
            assertThatThrownBy(() -> find("rsa")).isInstanceOf(KeysUnavailableException.class);
        }
        assertThat(provider.fetches()).isEqualTo(1);

        provider.setDown(false);
        pass(ProviderKeys.PAUSE_AFTER_FAILURE);
        assertThat(find("rsa")).hasSize(1);
    }

    @Test
    void whatIsNoSetOfKeysIsAFailure() {
        for (String text : List.of("", "[]", "{}", "{\"keys\":7}", "{\"keys\":[]}", "<html>", "[".repeat(100_000))) {
            ProviderKeys broken = new ProviderKeys(() -> text, Duration.ofMillis(1), nanos::get);
            assertThatThrownBy(() -> broken.find(any(RS256)))
                    .as(text.substring(0, Math.min(9, text.length())))
                    .isInstanceOf(KeysUnavailableException.class);
        }
    }

    @Test
    void onlyStrongKeysForSignaturesCount() throws Exception {
        RSAKey other = TestProvider.rsa("any", 2048);
        ECKey curve = new ECKeyGenerator(Curve.P_384).keyID("p384").generate();
        provider.publish(
                TestProvider.rsa("weak", 1024),
                new RSAKey.Builder(other).keyID("enc").keyUse(KeyUse.ENCRYPTION).build(),
                new RSAKey.Builder(other)
                        .keyID("wraps")
                        .keyOperations(Set.of(KeyOperation.WRAP_KEY))
                        .build(),
                new RSAKey.Builder(other)
                        .keyID("pss")
                        .algorithm(JWSAlgorithm.PS256)
                        .build(),
                new RSAKey.Builder(other)
                        .keyID("sig")
                        .keyUse(KeyUse.SIGNATURE)
                        .keyOperations(Set.of(KeyOperation.VERIFY))
                        .build(),
                curve);

        assertThat(keys.find(any(RS256))).extracting(ProviderKey::id).containsExactly(Optional.of("sig"));
        assertThat(keys.find(any(PS256)))
                .extracting(ProviderKey::id)
                .containsExactly(Optional.of("pss"), Optional.of("sig"));
        assertThatThrownBy(() -> keys.find(any(ES256))).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void keysThatCannotBeReadAreLeftOut() throws JOSEException {
        String good = TestProvider.EC.toPublicJWK().toJSONString();
        String set = "{\"keys\":[7,{},{\"kty\":\"RSA\"},{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"},"
                + "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"="
                + "\"},{\"kty\":\"oct\",\"k\":\"AQAB\"},{\"kty\":\"RSA\",\"key_ops\":7}," + good + "]}";

        assertThat(ProviderKey.set(set)).extracting(ProviderKey::id).containsExactly(Optional.of("ec"));
    }

    @Test
    void noMoreKeysThanThatAreRead() {
        String one = TestProvider.EC.toPublicJWK().toJSONString();

        assertThat(ProviderKey.set("{\"keys\":[" + (one + ",").repeat(100) + one + "]}"))
                .hasSize(ProviderKey.MOST);
    }

    @Test
    void fewThreadsWaitForASlowProvider() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicLong fetches = new AtomicLong();
        ProviderKeys slow = new ProviderKeys(
                () -> {
                    fetches.incrementAndGet();
                    try {
                        open.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return provider.fetch();
                },
                Duration.ofMillis(50),
                System::nanoTime);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<Boolean> first = threads.submit(() -> slow.find(named("rsa")).size() == 1);
            while (fetches.get() == 0) {
                Thread.onSpinWait();
            }
            for (int others = 0; others < 20; others++) {
                assertThatThrownBy(() -> slow.find(named("rsa"))).isInstanceOf(KeysUnavailableException.class);
            }
            open.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(fetches).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The answer to the other thread may be older than the key. */
    @Test
    void keyThatIsNotInTheAnswerToAnotherThreadIsNotKnownToBeMissing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        ProviderKeys slow = new ProviderKeys(
                () -> {
                    String answer = provider.fetch();
                    asked.countDown();
                    try {
                        open.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return answer;
                },
                Duration.ofSeconds(20),
                System::nanoTime);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<Integer> first = threads.submit(() -> slow.find(named("rsa")).size());
            asked.await();
            provider.publish(TestProvider.rsa("new", 2048));
            AtomicReference<Thread> waiting = new AtomicReference<>();
            Future<Integer> second = threads.submit(() -> {
                waiting.set(Thread.currentThread());
                return slow.find(named("new")).size();
            });
            while (waiting.get() == null || waiting.get().getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            open.countDown();

            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(1);
            assertThatThrownBy(() -> second.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(KeysUnavailableException.class);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<ProviderKey> find(String id) throws KeysUnavailableException {
        return keys.find(named(id));
    }

    private static Predicate<ProviderKey> named(String id) {
        return any(RS256).and(key -> key.id().equals(Optional.of(id)));
    }

    private static Predicate<ProviderKey> any(SignatureAlgorithm algorithm) {
        return key -> key.isFor(algorithm);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
