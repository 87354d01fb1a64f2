package dev.postern.http;

import dev.postern.session.RequestLogin;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An error of an endpoint: one sentence as {@code application/problem+json} (RFC 9457). */
enum ErrorAnswer {
    BAD_REQUEST(HttpServletResponse.SC_BAD_REQUEST, "Bad Request"),
    UNAUTHORIZED(HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized"),
    FORBIDDEN(HttpServletResponse.SC_FORBIDDEN, "Forbidden"),
    NOT_FOUND(HttpServletResponse.SC_NOT_FOUND, "Not Found"),
    METHOD_NOT_ALLOWED(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Method Not Allowed"),
    CONFLICT(Refusal.AT_LIMIT, "Conflict"),
    TOO_MANY_REQUESTS(Refusal.TOO_MANY, "Too Many Requests"),
    SERVICE_UNAVAILABLE(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Service Unavailable");

    private final int status;
    private final String title;

    ErrorAnswer(int status, String title) {
        this.status = status;
        this.title = title;
    }

    static void unauthorized(RequestLogin login, HttpServletResponse response, String sentence) throws IOException {
        Refusal.challenge(login, response);
        UNAUTHORIZED.write(response, sentence);
    }

    static void unavailable(HttpServletResponse response) throws IOException {
        Refusal.unavailable(response);
        SERVICE_UNAVAILABLE.write(
                response, "The cluster did not answer in time, so what was asked may not have been done. Try again.");
    }

    void write(HttpServletResponse response, String sentence) throws IOException {
        JsonObject problem = JsonFactory.BUILDERS
                .createObjectBuilder()
                .add("title", title)
                .add("status", status)
                .add("detail", sentence)
                .build();
        write(response, status, "application/problem+json", problem);
    }

    static void write(HttpServletResponse response, int status, String type, JsonStructure body) throws IOException {
        CacheHeaders.mark(response);
        CacheHeaders.varyByCookie(response);
        response.setStatus(status);
        response.setContentType(type);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
