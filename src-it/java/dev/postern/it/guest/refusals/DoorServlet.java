package dev.postern.it.guest.refusals;

import jakarta.ejb.EJB;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An open servlet, but for what it calls. */
@WebServlet("/door/*")
public class DoorServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @EJB
    private transient Vault vault;

    @EJB
    private transient Doorman doorman;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/direct" -> response.getWriter().println(vault.open());
            case "/in-transaction" -> response.getWriter().println(doorman.inTransaction());
            case "/without-transaction" -> response.getWriter().println(doorman.withoutTransaction());
            case "/failing" -> response.getWriter().println(doorman.failing());
            case "/wrapped" -> {
                try {
                    response.getWriter().println(vault.open());
                } catch (RuntimeException e) {
                    throw new ServletException("The door is shut.", e);
                }
            }
            case "/begun" -> {
                response.getWriter().println("begun");
                response.flushBuffer();
                response.getWriter().println(vault.open());
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
