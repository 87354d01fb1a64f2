package dev.postern.rest.metadata;

import dev.postern.ExposeSession;
import dev.postern.PosternException;
import dev.postern.rest.answer.ErrorResponse;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.request.RequestEdits;
import dev.postern.session.request.RequestLogin;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response.Status;

/**
 * Saves what a resource method has changed in the metadata of its session, before its answer is written. It saves if
 * the interceptor of {@link ExposeSession} has seen the method return, and for methods without the interceptor if the
 * answer is no error.
 *
 * <p>Safe for concurrent use.
 */
public final class MetadataResponseFilter implements ContainerResponseFilter {

    private static final RateLimitedLog FAILURES =
            new RateLimitedLog(System.getLogger(MetadataResponseFilter.class.getName()), System::nanoTime);

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        RequestEdits.of(request.getProperty(RequestEdits.ATTRIBUTE))
                .ifPresent(edits -> finish(edits, request, response));
    }

    private static void finish(RequestEdits edits, ContainerRequestContext request, ContainerResponseContext response) {
        if (edits.isKept() || response.getStatus() < Status.BAD_REQUEST.getStatusCode()) {
            save(edits, request, response);
        } else {
            edits.drop();
        }
    }

    private static void save(RequestEdits edits, ContainerRequestContext request, ContainerResponseContext response) {
        try {
            RequestLogin login = RequestLogin.of(request.getProperty(RequestLogin.ATTRIBUTE));
            request.setProperty(RequestLogin.ATTRIBUTE, edits.save(login));
        } catch (PosternException e) {
            FAILURES.warn(
                    LogEvent.GRID_FAILED.told(
                            "What a request has changed in the metadata of its session could not be saved."),
                    e);
            ErrorResponse.UNAVAILABLE.replace(request, response);
        }
    }
}
