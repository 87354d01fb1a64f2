package dev.postern.it.guest.meddling;

import dev.postern.CurrentUser;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A page to which requests are forwarded, and which is shown for errors. It has a cookie of its own, and asks who is
 * calling.
 */
@WebServlet("/page")
public class ErrorPageServlet extends HttpServlet {

    @Inject
    private CurrentUser user;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = response.getStatus();
        if (request.getParameter("how") != null) {
            response.reset();
            response.setStatus(status);
        }
        response.setHeader("Set-Cookie", "theirs=1");
        response.getWriter().print("page for " + (user.isAnonymous() ? "nobody" : user.name()));
    }
}
