package dev.postern.http.logout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of the identity provider, as they were fetched last. They are fetched when a token comes and they are
 * older than {@link #LONGEST}, or lack the token's key. Forged tokens cause a fetch at most every {@link #PAUSE}, and
 * one thread fetches at a time. Meanwhile it is unknown whether the token's key exists.
 *
 * <p>Keys that are too old never count: a provider that cannot be reached may have withdrawn them.
 *
 * <p>Safe for concurrent use.
 */
public final class ProviderKeys {

    /** For how long fetched keys count. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    /** How long keys stay as they are, although a token names another one. */
    public static final Duration PAUSE = Duration.ofSeconds(30);

    /** The pause before the next fetch, after one has failed. */
    public static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private static final int MOST_WAITING = 8;

    private final Source source;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final ReentrantLock fetching = new ReentrantLock();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private volatile @Nullable Fetched last;
    private volatile @Nullable Failed failure;

    /** The place from which the keys are fetched. Safe for concurrent use. */
    @FunctionalInterface
    public interface Source {

        /** The text of the JSON Web Key Set. */
        String fetch() throws IOException;
    }

    /** Keys that the provider was asked for at a time. */
    private record Fetched(List<ProviderKey> keys, long at) {}

    private record Failed(Exception cause, long at) {}

    /**
     * The keys of a source, none of which is fetched yet.
     *
     * @param patience how long a thread waits for another one that fetches them
     * @param nanoTime a monotonic clock in nanoseconds, {@link System#nanoTime()} for instance
     */
    public ProviderKeys(Source source, Duration patience, LongSupplier nanoTime) {
        this.source = source;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /**
     * The keys that may be a token's. Empty if the provider has no such key, as was asked just now.
     *
     * @throws KeysUnavailableException if that is not known: a key may be new
     */
    List<ProviderKey> find(Predicate<ProviderKey> mayBeTheTokens) throws KeysUnavailableException {
        long start = nanoTime.getAsLong();
        Fetched known = last;
        if (known != null && isYoung(known.at(), LONGEST)) {
            List<ProviderKey> found = among(known, mayBeTheTokens);
            if (!found.isEmpty()) {
                return found;
            }
            if (isYoung(known.at(), PAUSE)) {
                throw maybeNew();
            }
        }
        Fetched present = fetchAfter(known);
        List<ProviderKey> found = among(present, mayBeTheTokens);
        if (found.isEmpty() && present.at() - start < 0) { // by another thread, which has asked before
            throw maybeNew();
        }
        return found;
    }

    private static List<ProviderKey> among(Fetched known, Predicate<ProviderKey> mayBeTheTokens) {
        return known.keys().stream().filter(mayBeTheTokens).toList();
    }

    private static KeysUnavailableException maybeNew() {
        return new KeysUnavailableException(
                "The token's key was not among the provider's keys a moment ago, and may be since.");
    }

    private boolean isYoung(long at, Duration age) {
        return nanoTime.getAsLong() - at < age.toNanos();
    }

    /** Fetches the keys, unless another thread has done so since these were found too old. */
    private Fetched fetchAfter(@Nullable Fetched seen) throws KeysUnavailableException {
        if (!waiting.tryAcquire()) {
            throw new KeysUnavailableException("Too many logout tokens wait for the provider's keys.");
        }
        try {
            if (!fetching.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new KeysUnavailableException("The provider's keys are being fetched, and that takes long.");
            }
            try {
                Fetched present = last;
                return present == null || (seen != null && present.at() == seen.at()) ? fetch() : present;
            } finally {
                fetching.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeysUnavailableException("Interrupted while another thread fetched the provider's keys.", e);
        } finally {
            waiting.release();
        }
    }

    private Fetched fetch() throws KeysUnavailableException {
        Failed before = failure;
        if (before != null && isYoung(before.at(), PAUSE_AFTER_FAILURE)) {
            throw new KeysUnavailableException(
                    "The provider's keys could not be fetched a moment ago.", before.cause());
        }
        long start = nanoTime.getAsLong();
        try {
            Fetched fetched = new Fetched(some(ProviderKey.set(source.fetch())), start);
            last = fetched;
            return fetched;
        } catch (IOException | RuntimeException e) {
            failure = new Failed(e, nanoTime.getAsLong());
            throw new KeysUnavailableException("The provider's keys cannot be fetched.", e);
        }
    }

    /** A provider that signs tokens has a key. */
    private static List<ProviderKey> some(List<ProviderKey> keys) throws IOException {
        if (keys.isEmpty()) {
            throw new IOException("The provider has published no key that can verify a logout token.");
        }
        return keys;
    }
}
