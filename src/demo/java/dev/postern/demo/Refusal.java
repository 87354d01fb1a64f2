package dev.postern.demo;

import jakarta.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** A request that the desk does not carry out, with the sentence that says why (RFC 9457). Immutable. */
class Refusal extends WebApplicationException {

    Refusal(Response.Status status, String sentence) {
        super(sentence, response(status, sentence));
    }

    static Response response(Response.Status status, String sentence) {
        return Response.status(status)
                .type("application/problem+json")
                .entity(Json.createObjectBuilder()
                        .add("title", status.getReasonPhrase())
                        .add("status", status.getStatusCode())
                        .add("detail", sentence)
                        .build())
                .build();
    }
}
