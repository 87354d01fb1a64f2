package dev.postern.it.guest.meddling;

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

/** To this servlet the page of an identity provider sends its users, with a form. */
@WebServlet({"/sso/callback", "/other/callback"})
public class FormCallbackServlet extends HttpServlet {

    @Inject
    private SecurityContext security;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String before = String.valueOf(request.getRemoteUser());
        if (request.getParameter("code") == null) {
            response.getWriter().print("before=" + before);
            return;
        }
        AuthenticationStatus status = security.authenticate(
                request,
                response,
                AuthenticationParameters.withParams()
                        .credential(new UsernamePasswordCredential("clerk", request.getParameter("code"))));
        response.getWriter().print("before=" + before + " status=" + status);
    }
}
