package dev.postern.it.guest.chosen;

import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says what the handler answers that the application itself gets injected. */
@WebServlet("/asking")
public class AskingServlet extends HttpServlet {

    @Inject
    private transient IdentityStoreHandler handler;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        response.getWriter()
                .print(handler.validate(new UsernamePasswordCredential(name, name + "-pw"))
                        .getStatus());
    }
}
