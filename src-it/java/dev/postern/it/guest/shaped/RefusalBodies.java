package dev.postern.it.guest.shaped;

import dev.postern.AccessRefusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.Map;

/** What {@code src/docs/reference/http.md} shows. */
@Provider
public class RefusalBodies implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(AccessRefusal.ATTRIBUTE) instanceof AccessRefusal refusal) {
            Map<String, Object> body = Map.of("code", refusal.status(), "message", refusal.detail());
            response.setEntity(body, new Annotation[0], MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
