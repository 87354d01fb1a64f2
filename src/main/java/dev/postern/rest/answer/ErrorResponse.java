package dev.postern.rest.answer;

import dev.postern.AccessRefusal;
import dev.postern.Challenge;
import dev.postern.session.request.AccessError;
import dev.postern.session.request.RequestLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a refused request: {@code application/problem+json} where the client accepts JSON, else text.
 *
 * <p>Immutable.
 */
public record ErrorResponse(Status status, String sentence, String header, String value) {

    private static final Annotation[] NO_ANNOTATIONS = {};

    /** RFC 9457. */
    private static final MediaType PROBLEM = new MediaType("application", "problem+json");

    /** The user lacks a role. */
    public static final ErrorResponse FORBIDDEN = of(AccessError.FORBIDDEN, new RequestLogin.Anonymous());

    /** It is unknown whether the caller is signed in. */
    public static final ErrorResponse UNAVAILABLE = of(AccessError.UNAVAILABLE, new RequestLogin.Anonymous());

    /** The caller is not signed in. */
    public static ErrorResponse anonymous(RequestLogin login) {
        return of(AccessError.UNAUTHORIZED, login);
    }

    /** The answer to a caller whom an enterprise bean has refused. */
    public static ErrorResponse ofCaller(HttpServletRequest request) {
        RequestLogin login = RequestLogin.of(request.getAttribute(RequestLogin.ATTRIBUTE));
        return of(AccessError.of(login, request.getUserPrincipal() != null), login);
    }

    private static ErrorResponse of(AccessError error, RequestLogin login) {
        return new ErrorResponse(
                Status.fromStatusCode(error.status()), error.sentence(), error.header(), error.value(login));
    }

    /** The user signed in longer ago than the method allows, or by none of these methods of authentication. */
    public static ErrorResponse stale(RequestLogin login, Optional<Duration> within, Set<String> methods) {
        return new ErrorResponse(
                Status.UNAUTHORIZED,
                "Sign in again.",
                Challenge.HEADER,
                Challenge.stepUp(login.challenge(), within, methods));
    }

    /** Replaces the answer of the resource by this one. */
    public void replace(ContainerRequestContext request, ContainerResponseContext answer) {
        request.setProperty(RequestLogin.REFUSED, true);
        Optional<String> link = link(request::getProperty);
        if (link.isPresent()) {
            answer.getHeaders().clear();
            answer.setStatusInfo(Status.SEE_OTHER);
            answer.setEntity(null);
            seeOther(link.get())
                    .getHeaders()
                    .forEach((name, values) -> answer.getHeaders().put(name, values));
            return;
        }
        request.setProperty(AccessRefusal.ATTRIBUTE, told());
        boolean isJson =
                AcceptHeader.of(request.getHeaderString(HttpHeaders.ACCEPT)).prefersJson();
        answer.getHeaders().clear();
        answer.setStatusInfo(status);
        answer.setEntity(body(isJson), NO_ANNOTATIONS, type(isJson));
        if (!header.isEmpty()) {
            answer.getHeaders().putSingle(header, value);
        }
    }

    /** The answer to the request. */
    public Response response(ContainerRequestContext request) {
        request.setProperty(RequestLogin.REFUSED, true);
        Optional<String> link = link(request::getProperty);
        if (link.isPresent()) {
            return seeOther(link.get());
        }
        request.setProperty(AccessRefusal.ATTRIBUTE, told());
        return response(request.getHeaderString(HttpHeaders.ACCEPT));
    }

    /** The answer to the request. */
    public Response response(HttpServletRequest request) {
        request.setAttribute(RequestLogin.REFUSED, true);
        Optional<String> link = link(request::getAttribute);
        if (link.isPresent()) {
            return seeOther(link.get());
        }
        request.setAttribute(AccessRefusal.ATTRIBUTE, told());
        return response(request.getHeader(HttpHeaders.ACCEPT));
    }

    /** The answer has a body, because the server would send an error page of its own without one. */
    private Response response(@Nullable String accept) {
        boolean isJson = AcceptHeader.of(accept).prefersJson();
        ResponseBuilder answer = Response.status(status).type(type(isJson)).entity(body(isJson));
        return (header.isEmpty() ? answer : answer.header(header, value)).build();
    }

    /** The link to the login page, for a browser whose user has to sign in. */
    private Optional<String> link(Function<String, @Nullable Object> attributes) {
        return status == Status.UNAUTHORIZED && attributes.apply(RequestLogin.LOGIN_PAGE) instanceof String link
                ? Optional.of(link)
                : Optional.empty();
    }

    private static Response seeOther(String link) {
        return Response.status(Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, link)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, "Cookie")
                .build();
    }

    private AccessRefusal told() {
        return new AccessRefusal(status.getStatusCode(), sentence);
    }

    private static MediaType type(boolean isJson) {
        return isJson ? PROBLEM : MediaType.TEXT_PLAIN_TYPE;
    }

    /**
     * The body as bytes, because a provider of JSON might put a text between quotes. Title and sentence need no
     * escaping.
     */
    private byte[] body(boolean isJson) {
        String text = isJson
                ? "{\"title\":\"" + status.getReasonPhrase() + "\",\"status\":" + status.getStatusCode()
                        + ",\"detail\":\"" + sentence + "\"}"
                : sentence + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
