package dev.postern.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps answers that carry a token out of caches, whatever the application says of them: what is cached would sign the next
 * visitor in as this one (Flask CVE-2023-30861).
 *
 * <p>Safe for concurrent use.
 */
public final class UncachedAnswers extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new UncachedResponse(request, response));
    }
}
