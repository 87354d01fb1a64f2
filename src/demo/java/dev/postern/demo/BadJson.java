package dev.postern.demo;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers a body that is no JSON, or has other types than an order, with 400. Immutable. */
@Provider
public class BadJson implements ExceptionMapper<ProcessingException> {

    @Override
    public Response toResponse(ProcessingException e) {
        return Refusal.response(Status.BAD_REQUEST, "the body is not the JSON of an order");
    }
}
