package dev.postern.it.guest.gate;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Closes and opens the gate, changes the password, and says how many wait. */
@WebServlet("/gate")
public class GateServlet extends HttpServlet {

    @Inject
    private transient HeldStore store;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("waiting=" + store.waiting());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        switch (request.getParameter("do")) {
            case "close" -> store.close();
            case "open" -> store.open();
            default -> store.change(request.getParameter("to"));
        }
    }
}
