package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket as a browser would open it, with the browser's cookie.
 *
 * <p>For one thread.
 */
public final class SocketClient implements WebSocket.Listener {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private CompletableFuture<WebSocket> socket = new CompletableFuture<>();

    /** A socket to a path of a node, from a page of that node; the cookie header may be empty. */
    public static SocketClient open(URI node, String path, String cookies) {
        return open(node, path, cookies, node.getScheme() + "://" + node.getAuthority());
    }

    /** The same from a page of any origin. */
    static SocketClient open(URI node, String path, String cookies, String origin) {
        SocketClient client = new SocketClient();
        WebSocket.Builder handshake = CLIENT.newWebSocketBuilder();
        if (!cookies.isEmpty()) {
            handshake.header("Cookie", cookies);
        }
        handshake.header("Origin", origin);
        URI uri = URI.create(node.resolve(path).toString().replaceFirst("^http", "ws"));
        client.socket = handshake.buildAsync(uri, client).orTimeout(20, TimeUnit.SECONDS);
        client.socket.join();
        return client;
    }

    /** What the node answers to the message. */
    public String ask(String message) throws InterruptedException {
        socket.join().sendText(message, true).join();
        return String.valueOf(messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** Closes it, and waits until the node has done so too. */
    public void close() throws Exception {
        socket.join().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        isClosedWith(WebSocket.NORMAL_CLOSURE);
    }

    /** Waits for the node to close the socket with that code. */
    public void isClosedWith(int code) throws Exception {
        assertThat(closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(code);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
        messages.add(text.toString());
        return WebSocket.Listener.super.onText(from, text, isLast);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return WebSocket.Listener.super.onClose(from, code, reason);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
