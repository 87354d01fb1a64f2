package dev.postern.it.renewal;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says of its answers that any cache may keep them. */
@WebServlet("/cacheable")
public class CacheableServlet extends HttpServlet {

    private static final int MINUTE = 60_000;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "public, max-age=60");
        response.setHeader("Vary", "Accept");
        response.setDateHeader("Expires", System.currentTimeMillis() + MINUTE);
        response.setContentType("text/plain");
        response.getWriter().print("cacheable for " + request.getRemoteUser());
    }
}
