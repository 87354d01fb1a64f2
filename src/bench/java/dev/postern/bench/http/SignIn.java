package dev.postern.bench.http;

import dev.postern.bench.http.app.Crowd;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;

/**
 * How users come by what proves who they are, and what the application says to those who have nothing.
 *
 * <p>Safe for concurrent use.
 */
final class SignIn {

    private static final int CREATED = 201;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Keys keys;

    SignIn(Keys keys) {
        this.keys = keys;
    }

    /** The header line that proves the user to the variant; empty where nothing has to be proved. */
    String proof(Variant variant, int port, String user) throws IOException, InterruptedException {
        return switch (variant) {
            case OPEN, FLOOR -> "";
            case JWT -> "Authorization: Bearer " + keys.token(user, Crowd.ROLE);
            case SESSION -> cookies(variant, port, "/sign-in", user);
            case STRICT, SEALED, STALE -> cookies(variant, port, "/postern/session", user);
        };
    }

    private String cookies(Variant variant, int port, String path, String user)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(variant, port, path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("username=" + user + "&password=" + user + "-pw"))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != CREATED) {
            throw new IOException("Signing in at " + request.uri() + " ended with " + response.statusCode() + ".");
        }
        return response.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; ", "Cookie: ", ""));
    }

    /** The status for a caller without anything; 0 when nobody answers. */
    int statusOfStranger(Variant variant, int port) {
        HttpRequest request =
                HttpRequest.newBuilder(uri(variant, port, "/api/greeting")).build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static URI uri(Variant variant, int port, String path) {
        return URI.create("http://127.0.0.1:" + port + variant.path() + path);
    }
}
