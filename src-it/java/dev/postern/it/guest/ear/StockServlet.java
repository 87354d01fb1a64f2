package dev.postern.it.guest.ear;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Open to all; calls the enterprise bean of the other module, and says when that refuses. */
@WebServlet("/stock")
public class StockServlet extends HttpServlet {

    @EJB
    private transient Stock stock;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        try {
            response.getWriter().print(stock.count());
        } catch (EJBAccessException e) {
            response.getWriter().print("refused");
        }
    }
}
