package dev.postern.demo;

import jakarta.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** A request that the desk does not carry out, with the sentence that says why (RFC 9457). Immutable. */
public class Refusal extends WebApplicationException {

    /** A refusal with this status, whose body has the sentence. */
    public Refusal(Response.Status status, String sentence) {
        super(
                sentence,
                Response.status(status)
                        .type("application/problem+json")
                        .entity(Json.createObjectBuilder()
                                .add("title", status.getReasonPhrase())
                                .add("status", status.getStatusCode())
                                .add("detail", sentence)
                                .build())
                        .build());
    }
}
