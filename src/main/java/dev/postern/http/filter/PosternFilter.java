package dev.postern.http.filter;

import dev.postern.http.ApplicationRequest;
import dev.postern.http.RequestAuthenticator;
import dev.postern.http.answer.ExceptionAnswers;
import dev.postern.http.request.CurrentRequest;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Wraps every answer of the application. From the outside to the inside: it gives the application its request
 * ({@link ApplicationRequest}); keeps tokens in the answer, and caches away from them ({@link PosternResponse});
 * answers when the grid fails or an enterprise bean refuses its caller ({@link ExceptionAnswers}); and saves what the
 * request has changed ({@link MetadataFilter}). One filter, because Payara asks its listeners four times about each of
 * them, which costs more than what they do.
 *
 * <p>Safe for concurrent use.
 */
public final class PosternFilter extends HttpFilter {

    @Inject
    private transient RequestAuthenticator authenticator;

    @Override
    public void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        MetadataFilter saved = new MetadataFilter(authenticator);
        PosternResponse kept = new PosternResponse(request, response);
        kept.restore();
        PosternRequest wrapped = new PosternRequest(request, kept);
        HttpServletRequest seen = ApplicationRequest.of(wrapped, kept, authenticator);
        CurrentRequest.Serving serving = CurrentRequest.serve(seen, kept);
        try {
            ExceptionAnswers.doFilter(
                    seen,
                    kept,
                    (asked, answer) -> saved.doFilter((HttpServletRequest) asked, (HttpServletResponse) answer, chain));
        } finally {
            serving.end();
            if (!wrapped.isAsync()) {
                kept.restore();
            }
        }
    }
}
