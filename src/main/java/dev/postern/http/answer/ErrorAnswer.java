package dev.postern.http.answer;

import dev.postern.AccessRefusal;
import dev.postern.Challenge;
import dev.postern.http.request.LoginLink;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.session.request.AccessError;
import dev.postern.session.request.RequestLogin;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The errors of the endpoints, each with one sentence, as {@code application/problem+json} (RFC 9457). The sentences
 * for callers who are not let in are those of {@link AccessError}, which lists the exceptions.
 */
public enum ErrorAnswer {
    BAD_REQUEST(HttpServletResponse.SC_BAD_REQUEST, "Bad Request"),
    UNAUTHORIZED(HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized"),
    FORBIDDEN(HttpServletResponse.SC_FORBIDDEN, "Forbidden"),
    NOT_FOUND(HttpServletResponse.SC_NOT_FOUND, "Not Found"),
    METHOD_NOT_ALLOWED(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Method Not Allowed"),
    /** The user is known, and has as many sessions as allowed. */
    CONFLICT(HttpServletResponse.SC_CONFLICT, "Conflict"),
    /** RFC 6585, section 4. */
    TOO_MANY_REQUESTS(429, "Too Many Requests"),
    SERVICE_UNAVAILABLE(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Service Unavailable");

    private final int status;
    private final String title;

    ErrorAnswer(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** 401 with the challenge of this login. */
    public static void unauthorized(RequestLogin login, HttpServletResponse response, String sentence)
            throws IOException {
        response.setHeader(Challenge.HEADER, login.challenge());
        UNAUTHORIZED.write(response, sentence);
    }

    /** 401 to a caller without a session. */
    public static void unauthorized(RequestLogin login, HttpServletResponse response) throws IOException {
        unauthorized(login, response, AccessError.UNAUTHORIZED.sentence());
    }

    /** 503: the grid did not answer. */
    public static void unavailable(HttpServletResponse response) throws IOException {
        AccessError error = header(AccessError.UNAVAILABLE, new RequestLogin.Anonymous(), response);
        SERVICE_UNAVAILABLE.write(response, error.sentence());
    }

    /** 429: the client may try again after the wait, in whole seconds. */
    public static void tooMany(HttpServletResponse response, Duration wait, String sentence) throws IOException {
        retryAfter(response, wait);
        TOO_MANY_REQUESTS.write(response, sentence);
    }

    /** Says when the client may try again, in whole seconds. */
    public static void retryAfter(HttpServletResponse response, Duration wait) {
        response.setHeader(
                AccessError.UNAVAILABLE.header(),
                Long.toString(wait.plusNanos(999_999_999).toSeconds()));
    }

    public int status() {
        return status;
    }

    /** Sets the header that goes with the error. */
    public static AccessError header(AccessError error, RequestLogin login, HttpServletResponse response) {
        if (!error.header().isEmpty()) {
            response.setHeader(error.header(), error.value(login));
        }
        return error;
    }

    /**
     * Refuses a request by {@code sendError}, so the server's error page is the body. The page finds the sentence in
     * the {@link AccessRefusal} of the request. A browser whose user has to sign in is sent to the login page instead,
     * where there is one; then the result is true.
     */
    public static boolean send(
            AccessError error, RequestLogin login, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (error == AccessError.UNAUTHORIZED && LoginLink.follow(request, response)) {
            CacheHeaders.mark(response);
            CacheHeaders.varyByCookie(response);
            return true;
        }
        header(error, login, response);
        request.setAttribute(AccessRefusal.ATTRIBUTE, new AccessRefusal(error.status(), error.sentence()));
        response.sendError(error.status());
        return false;
    }

    /** Writes the error, with this sentence for people. */
    public void write(HttpServletResponse response, String sentence) throws IOException {
        JsonObject problem = JsonFactory.BUILDERS
                .createObjectBuilder()
                .add("title", title)
                .add("status", status)
                .add("detail", sentence)
                .build();
        write(response, status, "application/problem+json", problem);
    }

    /** Writes a body that no cache keeps. */
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
}
