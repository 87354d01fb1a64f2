package dev.postern.demo;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers a body that is missing, or that the server's own reader refuses, with 400. Immutable. */
@Provider
public class EmptyBody implements ExceptionMapper<BadRequestException> {

    @Override
    public Response toResponse(BadRequestException e) {
        return Refusal.response(Status.BAD_REQUEST, "the body must be an order");
    }
}
