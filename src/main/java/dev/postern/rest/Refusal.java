package dev.postern.rest;

import dev.postern.Challenge;
import dev.postern.session.Login;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.lang.annotation.Annotation;
import java.time.Duration;

/**
 * Why a request is not let through, and what it is told.
 *
 * <p>Immutable.
 */
record Refusal(Status status, String sentence, String header, String value) {

    /** A client that was told to wait comes back after this many seconds. */
    static final int RETRY_AFTER = 1;

    private static final Annotation[] NO_ANNOTATIONS = {};

    /** The user lacks a role. */
    static final Refusal FORBIDDEN = new Refusal(Status.FORBIDDEN, "Not allowed.", "", "");

    /** Nobody knows whether somebody is signed in. */
    static final Refusal UNAVAILABLE = new Refusal(
            Status.SERVICE_UNAVAILABLE,
            "Sessions are not available. Try again.",
            HttpHeaders.RETRY_AFTER,
            Integer.toString(RETRY_AFTER));

    /** Nobody is signed in. */
    static Refusal anonymous(Login login) {
        return new Refusal(Status.UNAUTHORIZED, "Sign in first.", Challenge.HEADER, login.challenge());
    }

    /** The user signed in longer ago than that. */
    static Refusal stale(Login login, Duration within) {
        return new Refusal(
                Status.UNAUTHORIZED, "Sign in again.", Challenge.HEADER, Challenge.stepUp(login.challenge(), within));
    }

    /** Makes this the answer in the place of another one. */
    void replace(ContainerResponseContext answer) {
        answer.getHeaders().clear();
        answer.setStatusInfo(status);
        answer.setEntity(sentence + "\n", NO_ANNOTATIONS, MediaType.TEXT_PLAIN_TYPE);
        if (!header.isEmpty()) {
            answer.getHeaders().putSingle(header, value);
        }
    }

    /** The answer. It has a body because without one the server would send an error page of its own. */
    Response response() {
        ResponseBuilder answer =
                Response.status(status).type(MediaType.TEXT_PLAIN_TYPE).entity(sentence + "\n");
        return (header.isEmpty() ? answer : answer.header(header, value)).build();
    }
}
