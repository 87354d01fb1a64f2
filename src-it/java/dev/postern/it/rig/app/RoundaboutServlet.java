package dev.postern.it.rig.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets {@link EchoServlet} answer: by a forward, or with 409 as the page for errors. */
@WebServlet({"/forwarded", "/failing"})
public class RoundaboutServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getServletPath().equals("/failing")) {
            response.sendError(HttpServletResponse.SC_CONFLICT);
        } else {
            request.getRequestDispatcher("/echo").forward(request, response);
        }
    }
}
