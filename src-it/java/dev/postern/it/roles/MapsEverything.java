package dev.postern.it.roles;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What careless applications have: every exception becomes 200. It must not turn a refusal into success. */
@Provider
public class MapsEverything implements ExceptionMapper<Exception> {

    @Override
    public Response toResponse(Exception exception) {
        return Response.ok("mapped").build();
    }
}
