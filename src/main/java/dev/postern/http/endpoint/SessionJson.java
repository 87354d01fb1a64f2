package dev.postern.http.endpoint;

import dev.postern.Session;
import dev.postern.http.answer.JsonFactory;
import dev.postern.http.transport.CacheHeaders;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A session as the endpoints show it: never a token, a secret or a hash. */
public final class SessionJson {

    private SessionJson() {}

    /** Writes an array of sessions one by one, so that the text of all sessions is never in memory. */
    public static void write(List<Session> sessions, HttpServletResponse response) throws IOException {
        CacheHeaders.mark(response);
        CacheHeaders.varyByCookie(response);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        OutputStream out = response.getOutputStream();
        out.write('[');
        for (int written = 0; written < sessions.size(); written++) {
            if (written > 0) {
                out.write(',');
            }
            out.write(builder(sessions.get(written)).build().toString().getBytes(StandardCharsets.UTF_8));
        }
        out.write(']');
    }

    /** The session of the request, and the CSRF token that its client has to send, if any. */
    public static JsonObject ofCurrent(Session session, Optional<String> csrfToken) {
        JsonObjectBuilder json = builder(session);
        csrfToken.ifPresent(token -> json.add("csrfToken", token));
        return json.build();
    }

    private static JsonObjectBuilder builder(Session session) {
        JsonArrayBuilder roles = JsonFactory.BUILDERS.createArrayBuilder();
        new TreeSet<>(session.user().roles()).forEach(roles::add);
        JsonObjectBuilder metadata = JsonFactory.BUILDERS.createObjectBuilder();
        new TreeMap<>(session.metadata()).forEach(metadata::add);
        JsonArrayBuilder methods = JsonFactory.BUILDERS.createArrayBuilder();
        new TreeSet<>(session.methods()).forEach(methods::add);
        Session.Times times = session.times();
        return JsonFactory.BUILDERS
                .createObjectBuilder()
                .add("handle", session.handle())
                .add("user", session.user().name())
                .add("roles", roles)
                .add("createdAt", times.createdAt().toString())
                .add("authenticatedAt", times.authenticatedAt().toString())
                .add("amr", methods)
                .add("insertedAt", times.insertedAt().toString())
                .add("lastSeenAt", times.lastSeenAt().toString())
                .add("expiresAt", times.expiresAt().toString())
                .add("current", session.isCurrent())
                .add("metadata", metadata);
    }
}
