package dev.postern.it.edits;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers it with 200. */
@Provider
public class HarmlessMapper implements ExceptionMapper<HarmlessException> {

    @Override
    public Response toResponse(HarmlessException e) {
        return Response.ok(e.getMessage()).build();
    }
}
