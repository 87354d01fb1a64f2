package dev.postern.it.guest.factor;

import dev.postern.CurrentUser;
import dev.postern.ProvenUser;
import dev.postern.SignIn;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The same in a servlet: {@code GET} says who is half-way, {@code POST} completes, {@code DELETE} gives up. */
@WebServlet("/code")
public class CodeServlet extends HttpServlet {

    @Inject
    private transient SignIn signIn;

    @Inject
    private transient CurrentUser user;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter()
                .print("half=" + signIn.halfWay().map(ProvenUser::name).orElse("") + "\nuser=" + user.name()
                        + "\ncontainer=" + request.getRemoteUser());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String code = request.getParameter("code");
        response.setContentType("text/plain");
        response.getWriter().print(signIn.complete(() -> Codes.RIGHT.equals(code), "otp"));
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        signIn.end();
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
