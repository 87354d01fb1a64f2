package dev.postern.it.guest.ways;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/**
 * Believes a header: {@code Badge: clerk} is the clerk. The header {@code Badge-Then} says what it does afterwards. Each answer for which
 * it was asked says so, and each for which it had to forget somebody.
 */
@ApplicationScoped
public class BadgeMechanism implements HttpAuthenticationMechanism {

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        response.addHeader("Badge-Asked", "yes");
        String badge = request.getHeader("Badge");
        if (badge == null) {
            if (!context.isProtected()) {
                return context.doNothing();
            }
            response.setHeader("WWW-Authenticate", "Badge");
            return context.responseUnauthorized();
        }
        context.getAuthParameters().setRememberMe(request.getHeader("Badge-Remember") != null);
        AuthenticationStatus proven = context.notifyContainerAboutLogin(badge, Set.of(badge));
        return switch (String.valueOf(request.getHeader("Badge-Then"))) {
            case "redirect" -> context.redirect(request.getContextPath() + "/who");
            case "refuse" -> {
                response.setStatus(HttpServletResponse.SC_FORBIDDEN);
                yield AuthenticationStatus.SEND_FAILURE;
            }
            case "throw" -> throw new AuthenticationException("The badge is torn.");
            case "change-its-mind" -> context.doNothing();
            default -> proven;
        };
    }

    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        response.addHeader("Badge-Forgotten", "yes");
        context.cleanClientSubject();
    }
}
