package dev.postern.it.rig.app;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For members, by the Servlet specification's own constraint. */
@WebServlet("/guarded")
@ServletSecurity(@HttpConstraint(rolesAllowed = "member"))
public class GuardedEcho extends HttpServlet {

    @Inject
    private transient Echo echo;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        echo.write(request, response);
    }
}
