package dev.postern.http;

import dev.postern.testing.TestMessageContext;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;

/** A security context that knows {@code authenticate} alone, and asks the mechanism. */
final class TestSecurityContext {

    private TestSecurityContext() {}

    static SecurityContext of(SessionMechanism mechanism) {
        return (SecurityContext) Proxy.newProxyInstance(
                TestSecurityContext.class.getClassLoader(),
                new Class<?>[] {SecurityContext.class},
                (proxy, method, arguments) -> authenticate(
                        mechanism,
                        (HttpServletRequest) arguments[0],
                        (HttpServletResponse) arguments[1],
                        (AuthenticationParameters) arguments[2]));
    }

    private static AuthenticationStatus authenticate(
            SessionMechanism mechanism,
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationParameters parameters) {
        try {
            return mechanism.validateRequest(request, response, new TestMessageContext(request, parameters).get());
        } catch (AuthenticationException e) {
            throw new IllegalStateException(e);
        }
    }
}
