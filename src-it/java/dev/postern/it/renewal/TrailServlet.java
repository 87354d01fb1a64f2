package dev.postern.it.renewal;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows what this node's {@link Trail} has on the session whose handle is the query. */
@WebServlet("/trail")
public class TrailServlet extends HttpServlet {

    @Inject
    private transient Trail trail;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(trail.of(request.getQueryString()));
    }
}
