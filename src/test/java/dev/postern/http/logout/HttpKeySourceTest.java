package dev.postern.http.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys over HTTP, from a server that does not always do what it should. */
class HttpKeySourceTest {

    /** A slow server sends so many bytes, with a pause after each. */
    private static final int BYTES = 300;

    private static final Duration BETWEEN = Duration.ofMillis(100);

    /** Much less than the slow server needs. */
    private static final Duration ALL = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void areTheBodyOfTheAnswer() throws IOException {
        answers(200, "{\"keys\":[]}");

        assertThat(source().fetch()).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void anotherStatusIsAFailureAndRedirectsAreNotFollowed() {
        server.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, "");
        });
        server.createContext("/elsewhere", exchange -> answer(exchange, 200, "{\"keys\":[]}"));

        assertThatThrownBy(() -> source().fetch())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("302");
    }

    @Test
    void answerIsBounded() throws IOException {
        answers(200, "x".repeat(HttpKeySource.MOST_BYTES));
        assertThat(source().fetch()).hasSize(HttpKeySource.MOST_BYTES);
        server.removeContext("/keys");
        answers(200, "x".repeat(HttpKeySource.MOST_BYTES + 1));

        assertThatThrownBy(() -> source().fetch()).isInstanceOf(IOException.class);
    }

    @Test
    void serverThatSendsByteByByteIsGivenUp() {
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (int at = 0; at < BYTES && !isOverWithinPause(); at++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long start = System.nanoTime();

        assertThatThrownBy(() -> hasty(source().address()).fetch()).isInstanceOf(IOException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ALL);
    }

    @Test
    void serverThatSendsItsHeadersByteByByteIsGivenUp() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> sendHeadersSlowly(slow));
            HttpKeySource source = hasty(URI.create("http://127.0.0.1:" + slow.getLocalPort() + "/keys"));
            long start = System.nanoTime();

            assertThatThrownBy(source::fetch).isInstanceOf(IOException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ALL);
        }
    }

    /** The pause of a slow server, which ends with the test. */
    private boolean isOverWithinPause() throws InterruptedException {
        return over.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sendHeadersSlowly(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("HTTP/1.1 200 OK\r\nA: ".getBytes(StandardCharsets.US_ASCII));
            for (int at = 0; at < BYTES && !isOverWithinPause(); at++) {
                client.getOutputStream().write('a');
                client.getOutputStream().flush();
            }
        } catch (IOException e) {
            return; // the other side is gone, as it should
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nobodyThereIsAFailure() {
        HttpKeySource gone = source();
        server.stop(0);

        assertThatThrownBy(gone::fetch).isInstanceOf(IOException.class);
    }

    /** Waits for a second. */
    private static HttpKeySource hasty(URI address) {
        return new HttpKeySource(address, Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    private HttpKeySource source() {
        return new HttpKeySource(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"));
    }

    private void answers(int status, String body) {
        server.createContext("/keys", exchange -> answer(exchange, status, body));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
