package dev.postern.bench.http.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Begins an {@code HttpSession} for whatever user the form names: the benchmark measures what comes after. */
@WebServlet("/sign-in")
public class SignInServlet extends HttpServlet {

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        request.getSession().setAttribute(SessionUserMechanism.USER, request.getParameter("username"));
        response.setStatus(HttpServletResponse.SC_CREATED);
    }
}
