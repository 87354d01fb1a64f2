package dev.postern.http.logout;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fetches the keys of a provider from its {@code jwks_uri}, within a bounded time, and no more than {@value
 * #MOST_BYTES} bytes. Redirects are not followed: the address is the operator's choice.
 *
 * <p>Immutable.
 *
 * @param step how long connecting may take, and how long each part of the answer
 * @param whole how long all may take, and connecting besides
 */
public record HttpKeySource(URI address, Duration step, Duration whole) implements ProviderKeys.Source {

    private static final Duration STEP = Duration.ofSeconds(3);

    /** How long a fetch may take, and connecting besides. */
    public static final Duration WHOLE = Duration.ofSeconds(5);

    static final int MOST_BYTES = 256 * 1024;

    /** With the limits for a provider. */
    public HttpKeySource(URI address) {
        this(address, STEP, WHOLE);
    }

    @Override
    public String fetch() throws IOException {
        long start = System.nanoTime();
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                connection::disconnect, // a timeout to read starts anew with each byte
                CompletableFuture.delayedExecutor(whole.toMillis(), TimeUnit.MILLISECONDS));
        try {
            connection.setConnectTimeout((int) step.toMillis());
            connection.setReadTimeout((int) step.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "application/json");
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("The provider answers " + status + " at " + address + ".");
            }
            try (InputStream in = connection.getInputStream()) {
                return read(in, start);
            }
        } finally {
            end.cancel(false);
            connection.disconnect();
        }
    }

    private String read(InputStream in, long start) throws IOException {
        byte[] all = new byte[MOST_BYTES + 1];
        int length = 0;
        int read = 0;
        while (read >= 0) {
            length += read;
            if (length > MOST_BYTES) {
                throw new IOException("The provider's keys have more than " + MOST_BYTES + " bytes.");
            }
            if (System.nanoTime() - start > whole.toNanos()) {
                throw new SocketTimeoutException("The provider's keys came too slowly.");
            }
            read = in.read(all, length, all.length - length);
        }
        return new String(Arrays.copyOf(all, length), StandardCharsets.UTF_8);
    }
}
