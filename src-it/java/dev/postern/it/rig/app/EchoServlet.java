package dev.postern.it.rig.app;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Open to all; also where the other servlets forward to, and the page for errors. */
@WebServlet("/echo")
public class EchoServlet extends HttpServlet {

    @Inject
    private transient Echo echo;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        echo.write(request, response);
    }
}
