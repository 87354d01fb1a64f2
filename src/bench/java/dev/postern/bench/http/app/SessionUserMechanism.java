package dev.postern.bench.http.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Set;

/** The server's own way: the user is kept in the {@code HttpSession}, which the server's nodes share. */
@ApplicationScoped
public class SessionUserMechanism implements HttpAuthenticationMechanism {

    static final String USER = "user";
    private static final Set<String> ROLES = Set.of(GreetingUsers.ROLE);

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(USER) instanceof String user
                ? context.notifyContainerAboutLogin(user, ROLES)
                : context.doNothing();
    }
}
