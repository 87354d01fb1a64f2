package dev.postern.bench.http;

import dev.postern.bench.http.app.GreetingUsers;
import dev.postern.bench.http.app.UnsignedCookieMechanism;
import dev.postern.it.rig.client.Connection;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How users come by what proves who they are, and what the application says to those who have nothing.
 *
 * <p>Safe for concurrent use.
 */
final class UserProofs {

    private static final int CREATED = 201;
    private static final String SAME_SITE = "Sec-Fetch-Site: same-origin";

    private final Keys keys;

    UserProofs(Keys keys) {
        this.keys = keys;
    }

    /** The header line that proves the user to the variant; empty where nothing has to be proved. */
    String proof(Variant variant, int port, String user) throws IOException {
        return switch (variant) {
            case OPEN, FLOOR -> "";
            case JWT -> "Authorization: Bearer " + keys.token(user, GreetingUsers.ROLE);
            case HONEST_FLOOR -> "Cookie: " + UnsignedCookieMechanism.COOKIE + "=" + user + ":" + GreetingUsers.ROLE;
            case SESSION, STICKY_SESSION -> cookies(variant, port, "/sign-in", user);
            case STRICT, SEALED, LEASED -> cookies(variant, port, "/postern/session", user);
        };
    }

    private String cookies(Variant variant, int port, String path, String user) throws IOException {
        String form = "username=" + user + "&password=" + user + "-pw";
        try (Connection connection = new Connection(port, Worker.MILLIS_TO_ANSWER)) {
            connection.ask(Connection.request("POST", variant.path() + path, List.of(SAME_SITE), form));
            if (connection.status() != CREATED) {
                throw new IOException("Signing in at " + variant.path() + path + " ended with " + connection.status());
            }
            return connection.headers("set-cookie").stream()
                    .map(cookie -> cookie.split(";", 2)[0])
                    .collect(Collectors.joining("; ", "Cookie: ", ""));
        }
    }

    /** The status for a caller without anything; 0 if there is no answer. */
    int statusOfStranger(Variant variant, int port) {
        try (Connection connection = new Connection(port, Worker.MILLIS_TO_ANSWER)) {
            connection.ask(Connection.request("GET", variant.path() + "/api/greeting", List.of(), ""));
            return connection.status();
        } catch (IOException e) {
            return 0;
        }
    }
}
