package dev.postern.http.answer;

import dev.postern.Challenge;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.session.request.RequestLogin;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An error of an endpoint: one sentence as {@code application/problem+json} (RFC 9457). */
public enum ErrorAnswer {
    BAD_REQUEST(HttpServletResponse.SC_BAD_REQUEST, "Bad Request"),
    UNAUTHORIZED(HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized"),
    FORBIDDEN(HttpServletResponse.SC_FORBIDDEN, "Forbidden"),
    NOT_FOUND(HttpServletResponse.SC_NOT_FOUND, "Not Found"),
    METHOD_NOT_ALLOWED(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Method Not Allowed"),
    CONFLICT(Headers.AT_LIMIT, "Conflict"),
    TOO_MANY_REQUESTS(Headers.TOO_MANY, "Too Many Requests"),
    SERVICE_UNAVAILABLE(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Service Unavailable");

    private final int status;
    private final String title;

    ErrorAnswer(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public static void unauthorized(RequestLogin login, HttpServletResponse response, String sentence)
            throws IOException {
        Headers.challenge(login, response);
        UNAUTHORIZED.write(response, sentence);
    }

    public static void unavailable(HttpServletResponse response) throws IOException {
        Headers.unavailable(response);
        SERVICE_UNAVAILABLE.write(
                response, "The cluster did not answer in time, so what was asked may not have been done. Try again.");
    }

    public void write(HttpServletResponse response, String sentence) throws IOException {
        JsonObject problem = JsonFactory.BUILDERS
                .createObjectBuilder()
                .add("title", title)
                .add("status", status)
                .add("detail", sentence)
                .build();
        write(response, status, "application/problem+json", problem);
    }

    public static void write(HttpServletResponse response, int status, String type, JsonStructure body)
            throws IOException {
        CacheHeaders.mark(response);
        CacheHeaders.varyByCookie(response);
        response.setStatus(status);
        response.setContentType(type);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** The headers of the answers of those who could not be let in. */
    public static final class Headers {

        private static final String SECONDS_UNTIL_RETRY = "1";

        /**
         * 409: the user is known, and has as many sessions as allowed; when one of them is over, the same request will
         * do.
         */
        static final int AT_LIMIT = HttpServletResponse.SC_CONFLICT;

        /** 429: too many sign-ins have failed (RFC 6585, section 4). */
        static final int TOO_MANY = 429;

        private Headers() {}

        /** 401: sign in first. Every 401 carries a challenge (RFC 9110, section 15.5.2). */
        static int challenge(HttpServletResponse response) {
            return challenge(new RequestLogin.Anonymous(), response);
        }

        /** 401 to a caller without a valid token. */
        public static int challenge(RequestLogin login, HttpServletResponse response) {
            response.setHeader(Challenge.HEADER, login.challenge());
            return HttpServletResponse.SC_UNAUTHORIZED;
        }

        /** 503: the grid did not answer. A 401 would make pages throw a good login away. */
        public static int unavailable(HttpServletResponse response) {
            response.setHeader("Retry-After", SECONDS_UNTIL_RETRY);
            return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }

        /** 429: the identity store was not asked, and will not be before the wait is over. */
        public static void tooMany(HttpServletResponse response, Duration wait) {
            response.setHeader(
                    "Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()));
        }
    }
}
