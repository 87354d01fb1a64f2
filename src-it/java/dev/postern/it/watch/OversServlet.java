package dev.postern.it.watch;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows what this node's {@link Overs} has on the session whose handle is the query. */
@WebServlet("/overs")
public class OversServlet extends HttpServlet {

    @Inject
    private transient Overs overs;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(overs.of(request.getQueryString()));
    }
}
