package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ListAssert;

/**
 * The answer of a node. Every assertion on it shows the whole answer when it fails.
 *
 * <p>Immutable.
 */
public record Reply(HttpResponse<String> response) {

    private static final int BODY_SHOWN = 2000;

    /** Asserts the status; first of all, so that an error page is never taken for an answer. */
    public Reply has(int status) {
        assertThat(response.statusCode()).as(toString()).isEqualTo(status);
        return this;
    }

    /** Asserts 401 with exactly one challenge. */
    public Reply isUnauthorized() {
        has(401);
        assertThat(headers("WWW-Authenticate")).as(toString()).containsExactly("Postern");
        return this;
    }

    /** Asserts 401 to a client whose bearer token does not count. */
    public Reply isInvalidToken() {
        has(401);
        assertThat(headers("WWW-Authenticate")).as(toString()).containsExactly("Bearer error=\"invalid_token\"");
        return changesNoCookie();
    }

    /** Asserts 400 to a client that sends a bearer token and another credential. */
    public Reply isAmbiguous() {
        has(400);
        assertThat(headers("WWW-Authenticate")).as(toString()).containsExactly("Bearer error=\"invalid_request\"");
        assertThat(header("Content-Type")).as(toString()).startsWith("application/problem+json");
        return changesNoCookie();
    }

    /** Asserts that another site's page, or one that cannot show that it is none, is turned away. */
    public Reply isForbidden() {
        has(403);
        assertThat(header("Content-Type")).as(toString()).startsWith("application/problem+json");
        return changesNoCookie();
    }

    /**
     * Asserts that exactly one cookie is set, by this line, letter for letter, but for the token in the place of
     * {@code TOKEN}, and the end of a remembered one in that of {@code DATE}.
     */
    public Reply setsTheCookie(String line) {
        hasSetCookies().hasSize(1);
        String masked = setCookies()
                .get(0)
                .replaceFirst("=[A-Za-z0-9_-]{115};", "=TOKEN;")
                .replaceFirst("(Max-Age=[1-9]\\d*; Expires=)[A-Z][a-z]{2}, [^;]* GMT;", "$1DATE;");
        assertThat(masked).as(toString()).isEqualTo(line);
        return this;
    }

    /** Asserts that the answer leaves the client's cookies alone. */
    public Reply changesNoCookie() {
        assertThat(setCookies()).as(toString()).isEmpty();
        return this;
    }

    /** Asserts that no cache may keep the answer, and that one that does so nevertheless gives it to nobody else. */
    public Reply isKeptFromCaches() {
        assertThat(headers("Cache-Control")).as(toString()).containsExactly("no-store");
        assertThat(String.join(",", headers("Vary"))).as(toString()).contains("Cookie");
        return this;
    }

    /** Asserts that the answer leaves the client's session alone, whatever other cookies it sets. */
    public Reply changesNoSessionCookie() {
        assertThat(setCookies()).as(toString()).noneMatch(line -> line.contains("postern"));
        return this;
    }

    /** The header's values, as in one line. */
    public String header(String name) {
        return String.join(", ", headers(name));
    }

    public AbstractStringAssert<?> hasBody() {
        return assertThat(response.body()).as(toString());
    }

    public ListAssert<String> hasSetCookies() {
        return assertThat(setCookies()).as(toString());
    }

    /** What follows the name and an equals sign in the only line of the body that begins so. */
    public String value(String name) {
        String begin = name + "=";
        List<String> lines =
                body().lines().filter(line -> line.startsWith(begin)).toList();
        assertThat(lines).as(toString()).hasSize(1);
        return lines.get(0).substring(begin.length());
    }

    /** The body, a JSON object. */
    public JsonObject json() {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    /** The body, a JSON array of objects. */
    public List<JsonObject> jsonList() {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    public int status() {
        return response.statusCode();
    }

    public String body() {
        return response.body();
    }

    public List<String> setCookies() {
        return headers("Set-Cookie");
    }

    public List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    @Override
    public String toString() {
        String headers = response.headers().map().entrySet().stream()
                .map(header -> header.getKey() + ": " + String.join(", ", header.getValue()))
                .collect(Collectors.joining("\n"));
        String body = response.body();
        return "\n" + response.request().method() + " " + response.uri() + "\n" + response.statusCode() + "\n" + headers
                + "\n\n" + body.substring(0, Math.min(BODY_SHOWN, body.length())) + "\n";
    }
}
