package dev.postern.http.filter;

import dev.postern.PosternException;
import dev.postern.http.RequestAuthenticator;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.AccessError;
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
 * Saves the metadata that a request has changed in its session, unless the request failed. Changes of JAX-RS methods
 * are saved earlier, before their answer is written. If the grid does not answer, the answer is 503, or only the log
 * shows it because the response is committed.
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
            ErrorAnswer.send(AccessError.UNAVAILABLE, UnwrappedRequest.login(request), request, response);
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
            UnwrappedRequest.setLogin(request, edits.save(UnwrappedRequest.login(request)));
        } else {
            edits.drop();
        }
    }

    private static Optional<RequestEdits> edits(HttpServletRequest request) {
        return RequestEdits.of(request.getAttribute(RequestEdits.ATTRIBUTE));
    }

    /** Saves at the end of an asynchronous request. By then a failure cannot be reported to the client. */
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
