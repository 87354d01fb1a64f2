package dev.postern.http.answer;

import dev.postern.AccessRefusal;
import dev.postern.PosternException;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.request.LoginAttribute;
import dev.postern.session.request.RequestLogin;
import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Answers where the application lets an exception pass and nothing has been sent yet: 503 with {@code Retry-After} for
 * a {@link PosternException}, when a servlet asked who is calling and the grid did not answer, and 401 or 403 where an
 * enterprise bean did not let its caller in. Every other failure stays what it is.
 *
 * <p>Safe for concurrent use.
 */
public final class ExceptionAnswers {

    /** Where causes are more than so many, they go round in a circle. */
    private static final int CAUSES = 32;

    private ExceptionAnswers() {}

    public static void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            } else if (has(e, PosternException.class::isInstance)) {
                send(
                        request,
                        response,
                        ErrorAnswer.Headers.unavailable(response),
                        "Sessions are not available. Try again.");
            } else if (has(e, ExceptionAnswers::isRefusal)) {
                refuse(request, response);
            } else {
                throw e;
            }
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestLogin login = LoginAttribute.of(request);
        if (login instanceof RequestLogin.Unavailable) {
            send(
                    request,
                    response,
                    ErrorAnswer.Headers.unavailable(response),
                    "Sessions are not available. Try again.");
        } else if (request.getUserPrincipal() == null) {
            send(request, response, ErrorAnswer.Headers.challenge(login, response), "Sign in first.");
        } else {
            send(request, response, HttpServletResponse.SC_FORBIDDEN, "Not allowed.");
        }
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, int status, String detail)
            throws IOException {
        Cors.claim(request);
        request.setAttribute(AccessRefusal.ATTRIBUTE, new AccessRefusal(status, detail));
        response.sendError(status);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof EJBAccessException || failure instanceof AccessLocalException;
    }

    private static boolean has(Throwable failure, Predicate<Throwable> kind) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .limit(CAUSES)
                .anyMatch(kind);
    }
}
