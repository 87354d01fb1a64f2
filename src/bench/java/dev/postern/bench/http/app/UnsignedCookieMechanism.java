package dev.postern.bench.http.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The honest floor: the least that a mechanism does which names as many users as come. It believes what the cookie says, {@code
 * user:role}, so it is for nothing but this benchmark.
 */
@ApplicationScoped
public class UnsignedCookieMechanism implements HttpAuthenticationMechanism {

    public static final String COOKIE = "bench-user";

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Optional<String> value = cookie(request);
        if (value.isEmpty()) {
            return context.doNothing();
        }
        int colon = value.get().indexOf(':');
        return context.notifyContainerAboutLogin(
                value.get().substring(0, colon), Set.of(value.get().substring(colon + 1)));
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies())
                .flatMap(cookies -> Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .findFirst());
    }
}
