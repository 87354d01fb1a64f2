package dev.postern.it.app;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For clerks, by the Servlet specification's own constraint. */
@WebServlet("/guarded")
@ServletSecurity(@HttpConstraint(rolesAllowed = "clerk"))
public class GuardedServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print("guarded for " + request.getRemoteUser());
    }
}
