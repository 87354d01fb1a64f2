package dev.postern.it.guest.meddling;

import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Signing in and out, by the standard's calls. */
final class Act {

    private Act() {}

    static void perform(SecurityContext security, HttpServletRequest request, HttpServletResponse response)
            throws ServletException {
        switch (request.getParameter("do")) {
            case "in" ->
                security.authenticate(
                        request,
                        response,
                        AuthenticationParameters.withParams()
                                .credential(new UsernamePasswordCredential("clerk", "clerk-pw")));
            case "out" -> request.logout();
            default -> {}
        }
    }
}
