package dev.postern.session.request;

import dev.postern.Challenge;
import java.time.Duration;

/**
 * Why a caller is not let in, with the answer. Status and header are the same from servlets, filters and JAX-RS.
 *
 * <table>
 *   <caption>Status, header and sentence</caption>
 *   <tr><td>401</td><td>{@code WWW-Authenticate}: the challenge of the login</td><td>Sign in first.</td></tr>
 *   <tr><td>403</td><td>none</td><td>Not allowed.</td></tr>
 *   <tr><td>503</td><td>{@code Retry-After}: {@link #RETRY_AFTER}</td><td>Sessions are not available. Try
 *   again.</td></tr>
 * </table>
 *
 * <p>The sentence is in the body where Postern writes one: {@code ErrorResponse} and {@code ErrorAnswer.write}. The
 * others use {@code ErrorAnswer.send}, and the body is the server's error page: {@code SessionMechanism.refuse}, {@code
 * PosternFilter.send} and {@code MetadataFilter}.
 *
 * <p>A 401 has another sentence in these places:
 *
 * <ul>
 *   <li>{@code ErrorResponse.stale} and {@code SessionsServlet.refuseStale}: the last sign-in is too long ago. {@link
 *       Challenge#stepUp} has a sentence for the header as well.
 *   <li>{@code SessionsServlet.endOthers}: the session has ended meanwhile.
 *   <li>{@code SessionServlet.WRONG}: a sign-in has failed.
 * </ul>
 */
public enum AccessError {
    /** The caller is not signed in. Every 401 carries a challenge (RFC 9110, section 15.5.2). */
    UNAUTHORIZED(401, "Sign in first."),
    /** The user lacks a role. */
    FORBIDDEN(403, "Not allowed."),
    /** The grid did not answer, so the caller is unknown. A 401 would make pages throw a good login away. */
    UNAVAILABLE(503, "Sessions are not available. Try again.");

    /** After this time a client tries again. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int status;
    private final String sentence;

    AccessError(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /** Why this caller is not let in; {@code hasUser} says whether the container knows a user. */
    public static AccessError of(RequestLogin login, boolean hasUser) {
        if (login instanceof RequestLogin.Unavailable) {
            return UNAVAILABLE;
        }
        return hasUser ? FORBIDDEN : UNAUTHORIZED;
    }

    public int status() {
        return status;
    }

    public String sentence() {
        return sentence;
    }

    /** The name of the header that goes with the status; the empty text if there is none. */
    public String header() {
        return switch (this) {
            case UNAUTHORIZED -> Challenge.HEADER;
            case FORBIDDEN -> "";
            case UNAVAILABLE -> "Retry-After";
        };
    }

    /** The value of the header for a caller with this login; the empty text if there is none. */
    public String value(RequestLogin login) {
        return switch (this) {
            case UNAUTHORIZED -> login.challenge();
            case FORBIDDEN -> "";
            case UNAVAILABLE -> Long.toString(RETRY_AFTER.toSeconds());
        };
    }
}
