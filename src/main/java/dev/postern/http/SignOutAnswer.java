package dev.postern.http;

import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.request.LoginAttribute;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.session.request.RequestLogin;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The sign-out of the endpoints: ends the login of a request and answers 204, or 503 when that could not be written.
 */
public final class SignOutAnswer {

    private SignOutAnswer() {}

    public static void answer(
            RequestAuthenticator authenticator, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        signOut(authenticator, request, response);
        if (LoginAttribute.of(request) instanceof RequestLogin.Unavailable) {
            ErrorAnswer.unavailable(response);
        } else {
            CacheHeaders.mark(response);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    /**
     * Without a user a container may not ask the mechanism, so tokens that are left are ended here. What a container
     * throws around a failure differs; that there was one stands in the request.
     */
    static void signOut(RequestAuthenticator authenticator, HttpServletRequest request, HttpServletResponse response)
            throws ServletException {
        try {
            if (LoginAttribute.of(request) instanceof RequestLogin.SignedIn) {
                request.logout();
            } else {
                authenticator.end(request, response);
            }
        } catch (ServletException | RuntimeException e) {
            if (!(LoginAttribute.of(request) instanceof RequestLogin.Unavailable)) {
                throw e;
            }
        }
    }
}
