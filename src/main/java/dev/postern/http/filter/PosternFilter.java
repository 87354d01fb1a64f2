package dev.postern.http.filter;

import dev.postern.PosternException;
import dev.postern.http.ApplicationRequest;
import dev.postern.http.RequestAuthenticator;
import dev.postern.http.SignOut;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.request.CurrentRequest;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.AccessError;
import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Wraps every answer of the application. From the outside to the inside:
 *
 * <ol>
 *   <li>The application gets its request ({@link ApplicationRequest}).
 *   <li>The answer keeps its token, and caches do not keep the answer ({@link PosternResponse}).
 *   <li>A failure that the application lets pass gets its status, if nothing has been sent yet: 503 for a
 *       {@link PosternException}; 401, 403 or 503 if an enterprise bean refused its caller ({@link AccessError}). Every
 *       other failure passes.
 *   <li>Changed metadata is saved ({@link MetadataFilter}).
 * </ol>
 *
 * <p>It is one filter, because Payara asks its listeners four times about each filter, which costs more than what the
 * filters do.
 *
 * <p>Safe for concurrent use.
 */
public final class PosternFilter extends HttpFilter {

    /** More causes than this form a circle. */
    private static final int CAUSES = 32;

    @Inject
    private transient RequestAuthenticator authenticator;

    @Inject
    private transient SignOut signOut;

    @Override
    public void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        PosternResponse kept = new PosternResponse(request, response);
        kept.restore();
        PosternRequest wrapped = new PosternRequest(request, kept);
        HttpServletRequest seen = ApplicationRequest.of(wrapped, kept, signOut);
        CurrentRequest.Serving serving = CurrentRequest.serve(seen, kept);
        try {
            new MetadataFilter(authenticator).doFilter(seen, kept, chain);
        } catch (ServletException | RuntimeException e) {
            if (kept.isCommitted() || !isAnswered(e, seen, kept)) {
                throw e;
            }
        } finally {
            serving.end();
            if (!wrapped.isAsync()) {
                kept.restore();
            }
        }
    }

    /** Answers a failure of the grid or the refusal of an enterprise bean; false for every other failure. */
    private static boolean isAnswered(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (has(failure, PosternException.class::isInstance)) {
            send(AccessError.UNAVAILABLE, request, response);
            return true;
        }
        if (has(failure, PosternFilter::isRefusal)) {
            boolean hasUser = request.getUserPrincipal() != null;
            send(AccessError.of(UnwrappedRequest.login(request), hasUser), request, response);
            return true;
        }
        return false;
    }

    private static void send(AccessError error, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Cors.claim(request);
        ErrorAnswer.send(error, UnwrappedRequest.login(request), request, response);
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
