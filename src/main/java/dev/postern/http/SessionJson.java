package dev.postern.http;

import dev.postern.Session;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A session as the endpoints show it: never a token, a secret or a hash. */
final class SessionJson {

    private SessionJson() {}

    static JsonArray of(List<Session> sessions) {
        JsonArrayBuilder array = JsonFactory.BUILDERS.createArrayBuilder();
        sessions.forEach(session -> array.add(builder(session)));
        return array.build();
    }

    /** The session of the request, and the CSRF token that its client has to send, if any. */
    static JsonObject ofCurrent(Session session, Optional<String> csrfToken) {
        JsonObjectBuilder json = builder(session);
        csrfToken.ifPresent(token -> json.add("csrfToken", token));
        return json.build();
    }

    private static JsonObjectBuilder builder(Session session) {
        JsonArrayBuilder roles = JsonFactory.BUILDERS.createArrayBuilder();
        new TreeSet<>(session.user().roles()).forEach(roles::add);
        JsonObjectBuilder metadata = JsonFactory.BUILDERS.createObjectBuilder();
        new TreeMap<>(session.metadata()).forEach(metadata::add);
        Session.Times times = session.times();
        return JsonFactory.BUILDERS
                .createObjectBuilder()
                .add("handle", session.handle())
                .add("user", session.user().name())
                .add("roles", roles)
                .add("createdAt", times.createdAt().toString())
                .add("authenticatedAt", times.authenticatedAt().toString())
                .add("insertedAt", times.insertedAt().toString())
                .add("lastSeenAt", times.lastSeenAt().toString())
                .add("expiresAt", times.expiresAt().toString())
                .add("current", session.isCurrent())
                .add("metadata", metadata);
    }
}
