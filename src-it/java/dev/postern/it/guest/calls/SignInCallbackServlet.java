package dev.postern.it.guest.calls;

import dev.postern.CurrentUser;
import dev.postern.ProvenUser;
import dev.postern.Session;
import dev.postern.SignIn;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The callback of an identity provider: {@code do} says which call it makes. */
@WebServlet("/callback")
public class SignInCallbackServlet extends HttpServlet {

    @Inject
    private transient SignIn signIn;

    @Inject
    private transient CurrentUser user;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        String result = result(request, response);
        response.getWriter()
                .print(String.join(
                        "\n",
                        "",
                        "result=" + result,
                        "user=" + user.name(),
                        "groups=" + user.groups(),
                        "attributes=" + user.attributes(),
                        "remote=" + request.getRemoteUser(),
                        "clerk=" + request.isUserInRole("clerk"),
                        "principal="
                                + (request.getUserPrincipal() instanceof EmployeePrincipal employee
                                        ? employee.room()
                                        : "plain")));
    }

    @SuppressWarnings("NullAway") // what an outer join gives
    private String result(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return switch (request.getParameter("do")) {
            case "begin" ->
                signIn.begin(ProvenUser.of(request.getParameter("name"))
                                .inGroups("clerk", null, " ")
                                .with("provider", "somewhere"))
                        .name();
            case "employee" ->
                signIn.begin(ProvenUser.of(new EmployeePrincipal("employee", 9)).inGroups("clerk"))
                        .name();
            case "late" -> late(response);
            case "end" -> {
                signIn.end();
                yield "done";
            }
            default -> signIn.fetch().map(Session::user).map(Session.User::name).orElse("nobody");
        };
    }

    @SuppressWarnings("NullAway") // the exception has a message
    private String late(HttpServletResponse response) throws IOException {
        response.flushBuffer();
        try {
            return signIn.begin(ProvenUser.of("late")).name();
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }
}
