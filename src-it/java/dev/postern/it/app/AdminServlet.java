package dev.postern.it.app;

import dev.postern.SessionCount;
import dev.postern.Sessions;
import dev.postern.SignOutEverywhere;
import dev.postern.UserPage;
import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an administrator does with the sessions of others: {@code do} says what, {@code user} whose. */
@WebServlet("/admin")
@DeclareRoles("manager")
@ServletSecurity(@HttpConstraint(rolesAllowed = "manager"))
public class AdminServlet extends HttpServlet {

    @Inject
    private transient Sessions sessions;

    @Inject
    private transient Event<SignOutEverywhere> signOut;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(answer(request));
    }

    private String answer(HttpServletRequest request) {
        String user = request.getParameter("user");
        String handle = request.getParameter("handle");
        return switch (request.getParameter("do")) {
            case "revoke-all" -> {
                sessions.revokeAll(user);
                yield "done";
            }
            case "sign-out-everywhere" -> {
                signOut.fire(new SignOutEverywhere(user, Optional.ofNullable(handle)));
                yield "done";
            }
            case "revoke" -> "revoked=" + sessions.revoke(user, handle);
            case "count" -> counted(sessions.count());
            case "history" ->
                sessions.history(user).stream()
                        .map(ended -> ended.handle() + " " + ended.reason())
                        .collect(Collectors.joining("\n"));
            case "users" -> users();
            default ->
                sessions.of(user).stream()
                        .map(session -> session.handle() + " " + session.isCurrent())
                        .collect(Collectors.joining("\n"));
        };
    }

    private static String counted(SessionCount count) {
        return "users=" + count.users() + "\nsessions=" + count.sessions();
    }

    /** Page by page, one user each. */
    private String users() {
        UserPage page = sessions.users(1);
        StringBuilder all = new StringBuilder();
        page.users()
                .forEach(user -> all.append(user.name())
                        .append('=')
                        .append(user.sessions())
                        .append('\n'));
        while (page.next().isPresent()) {
            page = sessions.users(page.next().get(), 1);
            page.users()
                    .forEach(user -> all.append(user.name())
                            .append('=')
                            .append(user.sessions())
                            .append('\n'));
        }
        return all.toString();
    }
}
