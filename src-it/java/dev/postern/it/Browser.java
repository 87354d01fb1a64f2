package dev.postern.it;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A browser whose cookie jar lies open. One jar for all nodes, because browsers do not tell ports apart; it keeps
 * {@code Secure} cookies, because they take loopback for secure.
 *
 * <p>For one thread.
 */
public final class Browser {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Map<String, String> jar = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    /** The node has not answered. */
    static final class NoAnswerError extends AssertionError {

        private static final long serialVersionUID = 1;

        NoAnswerError(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** Sends the sign-in form to a node. After 503 it tries again, as it is told to: a node that has just started may need it. */
    public Reply signIn(URI node, String user, String password) {
        return Poll.untilEnough(PATIENCE, () -> signInOnce(node, user, password), reply -> reply.status() != 503);
    }

    /** Sends the sign-in form to a node. */
    Reply signInOnce(URI node, String user, String password) {
        Discretion.password(password);
        return post(
                node.resolve("postern/session"), FORM, "username=" + encode(user) + "&password=" + encode(password));
    }

    public Reply signOut(URI node) {
        return send(HttpRequest.newBuilder(node.resolve("postern/session")).DELETE());
    }

    public Reply get(URI uri) {
        return send(HttpRequest.newBuilder(uri));
    }

    /**
     * Fetches until the grid has noticed that a member has gone or come, which the status shows. Until then the node may
     * answer 503 or 200, and nothing else.
     */
    public Reply getUntil(int status, URI uri) {
        return Poll.untilEnough(
                        PATIENCE,
                        () -> get(uri),
                        reply -> reply.status() == status || !List.of(200, 503).contains(reply.status()))
                .has(status);
    }

    /** Fetches until the node says something about the session, or for 20 seconds. Payara 6 may answer 403 by itself (L11). */
    Reply getUntilAnswered(URI uri) {
        return Poll.untilEnough(
                PATIENCE, () -> get(uri), reply -> reply.status() != 503 && !(reply.status() == 403 && Rig.hasGrid()));
    }

    public Reply post(URI uri, String contentType, String body) {
        return call("POST", uri, contentType, body);
    }

    /** Calls with any method; the body goes along where the method is POST. */
    public Reply call(String method, URI uri, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (method.equals("POST")) {
            return send(request.header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
        }
        return send(request.method(method, BodyPublishers.noBody()));
    }

    /** Calls without a body. */
    public Reply delete(URI uri) {
        return call("DELETE", uri, "", "");
    }

    /** Sends this header from now on with every request. */
    public Browser sending(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Fetches with exactly these {@code Cookie} headers, one line each, and leaves the jar alone. */
    public static Reply getWith(URI uri, String... cookieHeaders) {
        return getWithAll(uri, "Cookie", cookieHeaders);
    }

    /** Fetches with exactly these headers of one name, one line each. */
    static Reply getWithAll(URI uri, String name, String... values) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        List.of(values).forEach(value -> request.header(name, value));
        return exchange(request);
    }

    /** The name and the value of the session cookie, as they go into a {@code Cookie} header. */
    public String sessionCookie() {
        return jar.entrySet().stream()
                .filter(cookie -> cookie.getKey().contains("postern"))
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .findFirst()
                .orElseThrow(() -> new AssertionError("The browser has no session cookie, only " + jar.keySet()));
    }

    public boolean hasSessionCookie() {
        return jar.keySet().stream().anyMatch(name -> name.contains("postern"));
    }

    public Optional<String> cookie(String name) {
        return Optional.ofNullable(jar.get(name));
    }

    /** Another browser that holds the same cookies: what somebody has who copied them. */
    public Browser copy() {
        Browser copy = new Browser();
        copy.jar.putAll(jar);
        return copy;
    }

    /** Forges the session cookie: one letter in its middle is another. */
    Browser withOneLetterChanged() {
        String[] cookie = sessionCookie().split("=", 2);
        StringBuilder value = new StringBuilder(cookie[1]);
        int middle = value.length() / 2;
        value.setCharAt(middle, value.charAt(middle) == 'A' ? 'B' : 'A');
        jar.put(cookie[0], value.toString());
        return this;
    }

    /** What is sent to a node comes from a page of that node, unless the test says otherwise. */
    private Reply send(HttpRequest.Builder request) {
        request.header("Sec-Fetch-Site", "same-origin");
        headers.forEach(request::setHeader);
        if (!jar.isEmpty()) {
            request.header(
                    "Cookie",
                    jar.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return receive(exchange(request));
    }

    /** Keeps the cookies of an answer, no matter who sent the request. */
    public Reply receive(Reply reply) {
        reply.setCookies().forEach(this::keep);
        return reply;
    }

    private void keep(String setCookie) {
        String[] attributes = setCookie.split(";\\s*");
        String name = attributes[0].substring(0, attributes[0].indexOf('='));
        boolean isOver =
                List.of(attributes).contains("Max-Age=0") || setCookie.matches(".*; Expires=Thu, 01.Jan.1970 .*");
        if (isOver) {
            jar.remove(name);
        } else {
            jar.put(name, attributes[0].substring(name.length() + 1));
        }
    }

    private static Reply exchange(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(Duration.ofSeconds(30)).build();
        try {
            Reply reply = new Reply(CLIENT.send(request, BodyHandlers.ofString()));
            Discretion.check(reply.response().headers(), reply.body());
            return reply;
        } catch (IOException e) {
            throw new NoAnswerError("No answer to " + request + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + request, e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
