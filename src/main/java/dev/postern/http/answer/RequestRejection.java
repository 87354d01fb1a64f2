package dev.postern.http.answer;

import dev.postern.Challenge;
import dev.postern.http.crosssite.CsrfCheck;
import dev.postern.http.server.OpenLiberty;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Why a request is refused for every caller, with the sentence for its client. */
public enum RequestRejection {
    TWO_CREDENTIALS(
            ErrorAnswer.BAD_REQUEST,
            "Send one bearer token and nothing else: no session cookie and no other credentials."),
    OTHER_SITE(
            ErrorAnswer.FORBIDDEN,
            "This request may come from another site's page. Pages of other origins must be named in the setting"
                    + " postern.cross-site.trusted-origins; a client that is not a browser must send the header"
                    + " Origin."),
    NO_CSRF_TOKEN(
            ErrorAnswer.FORBIDDEN,
            "This request needs the CSRF token of its session in the header " + CsrfCheck.HEADER
                    + "; see the setting postern.cross-site.token.");

    private final ErrorAnswer problem;
    private final String sentence;

    RequestRejection(ErrorAnswer problem, String sentence) {
        this.problem = problem;
        this.sentence = sentence;
    }

    /** Writes the answer and flushes it: WildFly replaces an answer that is not committed by a page of its own. */
    public AuthenticationStatus answer(HttpServletResponse response) {
        try {
            write(response);
            response.flushBuffer();
            return OpenLiberty.answered();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(HttpServletResponse response) throws IOException {
        if (this == TWO_CREDENTIALS) {
            response.setHeader(Challenge.HEADER, Challenge.INVALID_REQUEST);
        }
        problem.write(response, sentence);
    }
}
