package dev.postern.http;

import dev.postern.http.request.UnwrappedRequest;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of {@code HttpServletRequest.authenticate} that is under way, and what the mechanism has to know of it. It
 * stands in a request attribute, because a container comes between the caller and the mechanism.
 *
 * <p>For one request thread.
 */
final class AuthenticateCall {

    private static final String ATTRIBUTE = "dev.postern.authenticate";

    private final HttpServletRequest request;
    private boolean isReached;
    private Step step = Step.ASKING;
    private Optional<RuntimeException> failure = Optional.empty();

    /** What the container is about to ask the mechanism for. */
    enum Step {
        /** To authenticate the caller. */
        ASKING,
        /** To forget the caller, because the same request goes on to authenticate; the session stays. */
        FORGETTING,
        /** To name the caller of the request once more, after another one could not be authenticated. */
        RESTORING
    }

    private AuthenticateCall(HttpServletRequest request) {
        this.request = request;
    }

    static AuthenticateCall begin(HttpServletRequest request) {
        AuthenticateCall call = new AuthenticateCall(UnwrappedRequest.of(request));
        call.request.setAttribute(ATTRIBUTE, call);
        return call;
    }

    static Optional<AuthenticateCall> of(HttpServletRequest request) {
        return UnwrappedRequest.of(request).getAttribute(ATTRIBUTE) instanceof AuthenticateCall call
                ? Optional.of(call)
                : Optional.empty();
    }

    static boolean isAt(Step step, HttpServletRequest request) {
        return of(request).filter(call -> call.step == step).isPresent();
    }

    /**
     * What to answer to a failure that is not the caller's: a container may take an exception for a wrong password
     * (PY-33).
     */
    static AuthenticationStatus fail(HttpServletRequest request, RuntimeException failure) {
        AuthenticateCall call = of(request).orElseThrow(() -> failure);
        call.failure = Optional.of(failure);
        return AuthenticationStatus.SEND_FAILURE;
    }

    void end() {
        request.removeAttribute(ATTRIBUTE);
    }

    void goOnTo(Step next) {
        step = next;
    }

    void reach() {
        isReached = true;
    }

    boolean isReached() {
        return isReached;
    }

    /** Throws what the mechanism could not. Soteria takes an {@link IllegalArgumentException} for a failed sign-in. */
    void rethrow() {
        failure.ifPresent(exception -> {
            throw exception instanceof IllegalArgumentException
                    ? new IllegalStateException("A sign-in could not be checked: " + exception.getMessage(), exception)
                    : exception;
        });
    }

    /** Whether the application hands over a credential. How it gets to the mechanism is the server's business. */
    boolean hasCredential() {
        return attributes().values().stream()
                .anyMatch(value ->
                        value instanceof AuthenticationParameters parameters && parameters.getCredential() != null);
    }

    /**
     * The server's notes of the last status, to be put back after a step that is none of the application's business.
     */
    Map<String, Object> statuses() {
        Map<String, Object> statuses = attributes();
        statuses.values().removeIf(value -> !(value instanceof AuthenticationStatus));
        return statuses;
    }

    private Map<String, Object> attributes() {
        List<String> names = Collections.list(request.getAttributeNames());
        Map<String, Object> attributes = new HashMap<>();
        names.forEach(name -> {
            Object value = request.getAttribute(name);
            if (value != null) {
                attributes.put(name, value);
            }
        });
        return attributes;
    }
}
