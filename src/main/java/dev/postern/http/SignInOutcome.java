package dev.postern.http;

import dev.postern.SignInFailure;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.RequestLogin;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;

/**
 * How a sign-in has ended. The container lies between the mechanism, which finds it out, and the caller of
 * {@code authenticate}, so it travels in one attribute of the request. {@link SignInFailure#ATTRIBUTE} shows its
 * failure to the application.
 *
 * <p>Immutable.
 */
public sealed interface SignInOutcome {

    String ATTRIBUTE = "dev.postern.sign-in";

    /** The user is signed in, with the identity store's own principal if it has one. */
    record SignedIn(RequestLogin.SignedIn login, Optional<Principal> principal) implements SignInOutcome {}

    /** The client or the user is refused. The application writes the answer. */
    record Failed(SignInFailure failure) implements SignInOutcome {

        Failed(SignInFailure.Reason reason) {
            this(new SignInFailure(reason));
        }
    }

    /** The sign-in was not decided: the grid did not answer, or the identity store threw an exception. */
    record Undecided(RuntimeException cause) implements SignInOutcome {}

    /** Keeps the outcome in the request. */
    default void leaveIn(HttpServletRequest request) {
        UnwrappedRequest.of(request).setAttribute(ATTRIBUTE, this);
        if (this instanceof Failed failed) {
            request.setAttribute(SignInFailure.ATTRIBUTE, failed.failure());
        }
    }

    /** Forgets how an earlier sign-in of this request has ended. */
    static void clear(HttpServletRequest request) {
        UnwrappedRequest.of(request).removeAttribute(ATTRIBUTE);
        request.removeAttribute(SignInFailure.ATTRIBUTE);
    }

    /** Why the last sign-in of this request has failed; empty if there was none, or it did not fail. */
    static Optional<SignInFailure> failure(HttpServletRequest request) {
        return UnwrappedRequest.of(request).getAttribute(ATTRIBUTE) instanceof Failed failed
                ? Optional.of(failed.failure())
                : Optional.empty();
    }

    /**
     * Throws why the last sign-in was not decided, once. Soteria takes an {@link IllegalArgumentException} for a failed
     * sign-in, so it is thrown as another exception.
     */
    static void throwIfUndecided(HttpServletRequest request) {
        HttpServletRequest unwrapped = UnwrappedRequest.of(request);
        if (unwrapped.getAttribute(ATTRIBUTE) instanceof Undecided undecided) {
            unwrapped.removeAttribute(ATTRIBUTE);
            RuntimeException cause = undecided.cause();
            throw cause instanceof IllegalArgumentException
                    ? new IllegalStateException("A sign-in could not be checked: " + cause.getMessage(), cause)
                    : cause;
        }
    }
}
