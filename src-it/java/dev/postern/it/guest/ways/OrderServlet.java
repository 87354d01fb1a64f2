package dev.postern.it.guest.ways;

import dev.postern.CurrentUser;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For clerks; says what was ordered, how, and by whom. */
@WebServlet("/order")
@ServletSecurity(@HttpConstraint(rolesAllowed = "clerk"))
public class OrderServlet extends HttpServlet {

    @Inject
    private transient CurrentUser user;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter()
                .print(String.join(
                        "\n",
                        "method=" + request.getMethod(),
                        "item=" + request.getParameter("item"),
                        "user=" + user.name(),
                        "container=" + request.getRemoteUser()));
    }
}
