package dev.postern.http;

import dev.postern.session.LiveSession;
import dev.postern.session.Times;
import dev.postern.session.User;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.TreeMap;
import java.util.TreeSet;

/** A session as the endpoints show it: never a token, a secret or a hash. */
final class SessionJson {

    private SessionJson() {}

    static void write(LiveSession session, int status, HttpServletResponse response) throws IOException {
        Problem.write(response, status, "application/json", of(session));
    }

    private static JsonObject of(LiveSession session) {
        User user = session.row().user();
        JsonArrayBuilder roles = Json.createArrayBuilder();
        new TreeSet<>(user.roles()).forEach(roles::add);
        JsonObjectBuilder metadata = Json.createObjectBuilder();
        new TreeMap<>(session.row().metadata()).forEach(metadata::add);
        Times times = session.row().times();
        return Json.createObjectBuilder()
                .add("handle", session.handle().text())
                .add("user", user.name())
                .add("roles", roles)
                .add("createdAt", times.created().toString())
                .add("authenticatedAt", times.authenticated().toString())
                .add("insertedAt", session.row().generation().since().toString())
                .add("lastSeenAt", times.lastSeen().toString())
                .add("expiresAt", times.expires().toString())
                .add("current", true)
                .add("metadata", metadata)
                .build();
    }
}
