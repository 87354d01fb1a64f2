package dev.postern.it.app;

import dev.postern.SignInFailure;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Signs in and out by the standard's own calls, in the order in which the parameters {@code do} say. A failure that has
 * to wait is 429; any other one leaves the status.
 */
@WebServlet("/standard")
public class StandardServlet extends HttpServlet {

    @Inject
    private transient SecurityContext security;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        StringBuilder report = new StringBuilder();
        for (String step : request.getParameterValues("do")) {
            if (step.equals("out")) {
                request.logout();
            } else {
                report.append(signIn(step, request, response)).append(' ');
            }
        }
        response.setContentType("text/plain");
        response.getWriter().print(report.append(request.getRemoteUser()));
    }

    private AuthenticationStatus signIn(String user, HttpServletRequest request, HttpServletResponse response) {
        String password = request.getParameter("password");
        UsernamePasswordCredential credential =
                new UsernamePasswordCredential(user, password == null ? user + "-pw" : password);
        AuthenticationStatus status = security.authenticate(
                request,
                response,
                AuthenticationParameters.withParams().credential(credential).newAuthentication(true));
        if (request.getAttribute(SignInFailure.ATTRIBUTE) instanceof SignInFailure failure
                && failure.reason() == SignInFailure.Reason.TOO_MANY_FAILURES) {
            response.setStatus(429);
            response.setHeader("Retry-After", Long.toString(failure.retryAfter().toSeconds() + 1));
        }
        return status;
    }
}
