package dev.postern.it.guest.ways;

import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The login page of an application; {@code POST} hands over what was typed in. */
@WebServlet("/login")
public class LoginServlet extends HttpServlet {

    @Inject
    private transient SecurityContext security;

    /** A forward has the method of the request that led here. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        AuthenticationStatus status = AuthenticationStatus.NOT_DONE;
        if (name != null) {
            status = security.authenticate(
                    request,
                    response,
                    AuthenticationParameters.withParams()
                            .credential(new UsernamePasswordCredential(name, request.getParameter("password")))
                            .newAuthentication(request.getParameter("new") != null));
        }
        if (status != AuthenticationStatus.SEND_CONTINUE) {
            response.setContentType("text/plain");
            response.getWriter().print("login page, status=" + status);
        }
    }
}
