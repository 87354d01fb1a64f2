package dev.postern.http.filter;

import dev.postern.PosternException;
import dev.postern.http.RequestAuthenticator;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.request.LoginAttribute;
import dev.postern.session.request.RequestEdits;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Saves what a request has changed in the metadata of its session, unless it failed, and unless that has been done by
 * then: for JAX-RS methods it is done before their answer is written. When the grid does not answer, the answer is 503,
 * or it is on its way and the log tells.
 *
 * <p>Safe for concurrent use.
 */
final class MetadataFilter {

    private final RequestAuthenticator authenticator;

    MetadataFilter(RequestAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            edits(request).ifPresent(RequestEdits::drop);
            throw e;
        }
        if (!isLeftToLater(request, response) && !isFinished(request, response) && !response.isCommitted()) {
            response.resetBuffer();
            response.sendError(ErrorAnswer.Headers.unavailable(response));
        }
    }

    /** Another thread may complete the request at this very moment. */
    private boolean isLeftToLater(HttpServletRequest request, HttpServletResponse response) {
        try {
            boolean isLater = request.isAsyncStarted();
            if (isLater) {
                request.getAsyncContext().addListener(new Later(request, response));
            }
            return isLater;
        } catch (IllegalStateException completed) {
            return false;
        }
    }

    private boolean isFinished(HttpServletRequest request, HttpServletResponse response) {
        try {
            edits(request).ifPresent(edits -> finish(edits, request, response));
            return true;
        } catch (PosternException e) {
            authenticator.warn(e);
            return false;
        }
    }

    private static void finish(RequestEdits edits, HttpServletRequest request, HttpServletResponse response) {
        if (edits.isKept() || response.getStatus() < HttpServletResponse.SC_BAD_REQUEST) {
            LoginAttribute.set(request, edits.save(LoginAttribute.of(request)));
        } else {
            edits.drop();
        }
    }

    private static Optional<RequestEdits> edits(HttpServletRequest request) {
        return RequestEdits.of(request.getAttribute(RequestEdits.ATTRIBUTE));
    }

    /**
     * At the end of a request that goes on after its method has returned. By then a failure cannot be reported to the
     * client.
     */
    private final class Later implements AsyncListener {

        private final HttpServletRequest request;
        private final HttpServletResponse response;

        Later(HttpServletRequest request, HttpServletResponse response) {
            this.request = request;
            this.response = response;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            boolean unused = isFinished(request, response);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            edits(request).ifPresent(RequestEdits::drop);
        }

        @Override
        public void onError(AsyncEvent event) {
            edits(request).ifPresent(RequestEdits::drop);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
