package dev.postern.bench.http.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/** The floor: the least that any mechanism does, which is to tell the container a user. */
@ApplicationScoped
public class FixedMechanism implements HttpAuthenticationMechanism {

    private static final Set<String> ROLES = Set.of(GreetingUsers.ROLE);

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        return context.notifyContainerAboutLogin(GreetingUsers.FIXED, ROLES);
    }
}
