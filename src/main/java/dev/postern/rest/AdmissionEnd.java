package dev.postern.rest;

import dev.postern.session.RequestLogin;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/**
 * Takes {@link RequestLogin#ADMITTED} away once the server's own filter has run, so that a resource method that asks for a
 * caller itself gets its challenge.
 *
 * <p>Safe for concurrent use.
 */
final class AdmissionEnd implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        request.removeProperty(RequestLogin.ADMITTED);
    }
}
