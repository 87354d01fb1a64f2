package dev.postern.rest;

import dev.postern.Challenge;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;

/**
 * Why a request is not let through.
 *
 * <p>Immutable.
 */
enum Refusal {
    /** Nobody is signed in. */
    ANONYMOUS,
    /** The user lacks a role. */
    FORBIDDEN,
    /** Nobody knows whether somebody is signed in. */
    UNAVAILABLE;

    /** A client that was told to wait comes back after this many seconds. */
    static final int RETRY_AFTER = 1;

    /** The answer. It has a body because without one the server would send an error page of its own. */
    Response response() {
        return switch (this) {
            case ANONYMOUS ->
                text(Status.UNAUTHORIZED, "Sign in first.")
                        .header(Challenge.HEADER, Challenge.VALUE)
                        .build();
            case FORBIDDEN -> text(Status.FORBIDDEN, "Not allowed.").build();
            case UNAVAILABLE ->
                text(Status.SERVICE_UNAVAILABLE, "Sessions are not available. Try again.")
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                        .build();
        };
    }

    private static ResponseBuilder text(Status status, String sentence) {
        return Response.status(status).type(MediaType.TEXT_PLAIN_TYPE).entity(sentence + "\n");
    }
}
