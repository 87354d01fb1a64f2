package dev.postern.http;

import dev.postern.PosternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers 503 with {@code Retry-After} where the application lets a {@link PosternException} pass: a servlet asked who is
 * calling, or signed the user out, and the grid did not answer.
 *
 * <p>Safe for concurrent use.
 */
final class UnavailableAnswers {

    private UnavailableAnswers() {}

    static void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            if (!isOfTheGrid(e) || response.isCommitted()) {
                throw e;
            }
            response.sendError(Refusal.unavailable(response));
        }
    }

    private static boolean isOfTheGrid(@Nullable Throwable failure) {
        return failure != null && (failure instanceof PosternException || isOfTheGrid(failure.getCause()));
    }
}
