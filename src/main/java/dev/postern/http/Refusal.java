package dev.postern.http;

import dev.postern.Challenge;
import dev.postern.session.RequestLogin;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/** The headers of the answers of those who could not be let in. */
final class Refusal {

    private static final String SECONDS_UNTIL_RETRY = "1";

    /**
     * 409: the user is known, and has as many sessions as allowed; when one of them is over, the same request will do.
     */
    static final int AT_LIMIT = HttpServletResponse.SC_CONFLICT;

    /** 429: too many sign-ins have failed (RFC 6585, section 4). */
    static final int TOO_MANY = 429;

    private Refusal() {}

    /** 401: sign in first. Every 401 carries a challenge (RFC 9110, section 15.5.2). */
    static int challenge(HttpServletResponse response) {
        return challenge(new RequestLogin.Anonymous(), response);
    }

    /** 401 to a caller without a valid token. */
    static int challenge(RequestLogin login, HttpServletResponse response) {
        response.setHeader(Challenge.HEADER, login.challenge());
        return HttpServletResponse.SC_UNAUTHORIZED;
    }

    /** 503: the grid did not answer. A 401 would make pages throw a good login away. */
    static int unavailable(HttpServletResponse response) {
        response.setHeader("Retry-After", SECONDS_UNTIL_RETRY);
        return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    }

    /** 429: the identity store was not asked, and will not be before the wait is over. */
    static void tooMany(HttpServletResponse response, Duration wait) {
        response.setHeader(
                "Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()));
    }
}
