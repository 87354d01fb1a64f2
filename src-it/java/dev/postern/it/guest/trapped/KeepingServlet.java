package dev.postern.it.guest.trapped;

import dev.postern.Caller;
import dev.postern.it.guest.callers.Customer;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A servlet, of which there is one for all requests. */
@WebServlet("/keeping")
public class KeepingServlet extends HttpServlet {

    @Inject
    @Caller
    private transient @Nullable Customer customer;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(String.valueOf(customer == null ? "null" : customer.getName()));
    }
}
