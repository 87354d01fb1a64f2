package dev.postern.it.guest.meddling;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Adds a cookie of its own to every answer, as filters against forged requests do. */
@Provider
public class XsrfFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getUriInfo().getQueryParameters().containsKey("clear")) {
            response.getHeaders().clear();
        }
        response.getHeaders().add("Set-Cookie", "xsrf=1");
    }
}
