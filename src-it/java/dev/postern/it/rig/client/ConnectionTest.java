package dev.postern.it.rig.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The load's own HTTP reads whole answers, whatever says how long they are. */
class ConnectionTest {

    private static final int PATIENCE = 10_000;

    /** What the client sees of an answer. */
    private record Seen(int status, String body, List<String> cookies, boolean isOpen) {}

    @Test
    void readsABodyOfAGivenLength() throws Exception {
        assertThat(seen("HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: 3\r\n\r\nabc"))
                .isEqualTo(new Seen(200, "abc", List.of("a=1", "b=2"), true));
    }

    @Test
    void readsChunks() throws Exception {
        assertThat(
                        seen(
                                "HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n"))
                .isEqualTo(new Seen(409, "abc0123456789", List.of(), true));
    }

    @Test
    void readsNoBodyWhereThereIsNone() throws Exception {
        assertThat(seen("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"))
                .isEqualTo(new Seen(204, "", List.of(), false));
    }

    @Test
    void readsToTheEndWithoutALength() throws Exception {
        assertThat(seen("HTTP/1.1 200 OK\r\n\r\nabc")).isEqualTo(new Seen(200, "abc", List.of(), false));
    }

    @Test
    void throwsWhenTheAnswerBreaksOff() {
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> seen("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc"));
    }

    private static Seen seen(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Connection connection = new Connection(server.getLocalPort(), PATIENCE)) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answer(server, answer));
            connection.ask(Connection.request("GET", "/", List.of(), ""));
            answered.join();
            return new Seen(
                    connection.status(), connection.body(), connection.headers("set-cookie"), connection.isOpen());
        }
    }

    /** Answers the first request, and closes the connection. */
    private static void answer(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read(new byte[1000])).isPositive();
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
