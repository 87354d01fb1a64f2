package dev.postern.it.rig.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link LateServlet} dispatches to. It says what that has seen, unless the container names another user by now. It injects
 * nothing: Payara 6 dispatches without an active request scope, so that no bean of a request works there.
 */
@WebServlet(urlPatterns = "/arrived", asyncSupported = true)
public class ArrivalServlet extends HttpServlet {

    static final String SEEN = "seen";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] seen = String.valueOf(request.getAttribute(SEEN)).split(" ", 3);
        response.setContentType("text/plain");
        response.getWriter().print(seen[0] + " " + orDash(request.getRemoteUser()) + " " + seen[2]);
    }

    private static String orDash(@Nullable String name) {
        return name == null ? "-" : name;
    }
}
