package dev.postern.it.guest.calls;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import dev.postern.SignInFailure;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** The sign-in page of an application. {@code do} says what it calls; then it writes what has come of it. */
@WebServlet("/page")
public class SignInPageServlet extends HttpServlet {

    @Inject
    private transient SecurityContext security;

    @Inject
    private transient HttpServletRequest injected;

    @Inject
    private transient CurrentUser user;

    @Inject
    private transient SessionMetadata metadata;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        report("", request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if ("forward".equals(request.getParameter("do"))) {
            String query = request.getParameter("with") == null ? "" : "?" + request.getParameter("with");
            request.getRequestDispatcher("/postern/session" + query).forward(request, response);
            return;
        }
        report(result(request, response), request, response);
    }

    private String result(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        return switch (request.getParameter("do")) {
            case "authenticate" -> authenticate(request, response).name();
            case "authenticate-injected" -> authenticate(injected, response).name();
            case "authenticate-wrapped" ->
                authenticate(new SecretiveRequest(request), response).name();
            case "pin" ->
                authenticate(
                                request,
                                response,
                                new Pin(request.getParameter("username"), request.getParameter("password")))
                        .name();
            case "ask" -> Boolean.toString(request.authenticate(response));
            case "login" -> login(request);
            default -> "nothing";
        };
    }

    private AuthenticationStatus authenticate(HttpServletRequest request, HttpServletResponse response) {
        return authenticate(
                request,
                response,
                new UsernamePasswordCredential(request.getParameter("username"), request.getParameter("password")));
    }

    private AuthenticationStatus authenticate(
            HttpServletRequest request, HttpServletResponse response, Credential credential) {
        return security.authenticate(
                request, response, AuthenticationParameters.withParams().credential(credential));
    }

    private static String failure(HttpServletRequest request, boolean isTime) {
        if (!(request.getAttribute(SignInFailure.ATTRIBUTE) instanceof SignInFailure failure)) {
            return "none";
        }
        return isTime
                ? Long.toString(failure.retryAfter().toMillis())
                : failure.reason().name();
    }

    private static String login(HttpServletRequest request) {
        try {
            request.login(request.getParameter("username"), request.getParameter("password"));
            return "done";
        } catch (ServletException e) {
            return "refused";
        }
    }

    private void report(String result, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Principal caller = security.getCallerPrincipal();
        response.setContentType("text/plain");
        response.getWriter()
                .print(String.join(
                        "\n",
                        "result=" + result,
                        "user=" + user.name(),
                        "roles=" + user.groups(),
                        "remote=" + request.getRemoteUser(),
                        "caller=" + (caller == null ? "null" : caller.getName()),
                        "principal="
                                + (request.getUserPrincipal() instanceof EmployeePrincipal employee
                                        ? employee.room()
                                        : "plain"),
                        "failure=" + failure(request, false),
                        "retry=" + failure(request, true),
                        "principals="
                                + security.getPrincipalsByType(EmployeePrincipal.class)
                                        .size(),
                        "authenticated="
                                + (user.isAnonymous()
                                        ? "never"
                                        : metadata.authenticatedAt().toEpochMilli())));
    }
}
