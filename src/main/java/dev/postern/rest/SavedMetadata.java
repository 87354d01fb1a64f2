package dev.postern.rest;

import dev.postern.PosternException;
import dev.postern.session.Login;
import dev.postern.session.RequestEdits;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;

/**
 * Saves what a resource method has changed in the metadata of its session, before its answer is written, and drops it when the
 * answer is an error: a filter cannot see whether the method has thrown. For methods of CDI beans {@link ResourceInterceptor},
 * which can, has done either by then.
 *
 * <p>Safe for concurrent use.
 */
final class SavedMetadata implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(RequestEdits.ATTRIBUTE) instanceof RequestEdits edits) {
            if (response.getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
                save(edits, request, response);
            } else {
                edits.drop();
            }
        }
    }

    private static void save(RequestEdits edits, ContainerRequestContext request, ContainerResponseContext response) {
        try {
            Login login = Login.of(request.getProperty(Login.ATTRIBUTE));
            request.setProperty(Login.ATTRIBUTE, edits.save(login));
        } catch (PosternException e) {
            Response unavailable = Refusal.UNAVAILABLE.response();
            response.setStatusInfo(unavailable.getStatusInfo());
            response.getHeaders().clear();
            response.getHeaders().putAll(unavailable.getHeaders());
            response.setEntity(unavailable.getEntity(), null, unavailable.getMediaType());
        }
    }
}
