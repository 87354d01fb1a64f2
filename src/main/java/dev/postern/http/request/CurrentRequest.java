package dev.postern.http.request;

import dev.postern.session.request.RequestLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * The request that the calling thread serves, from the mechanism to the end of our filter. A thread of a timer, an
 * executor or a message serves none, even where the container has a request context active there: that differs from
 * server to server (SV-03).
 *
 * <p>Safe for concurrent use.
 */
public final class CurrentRequest {

    private static final ThreadLocal<CurrentRequest> SERVED = new ThreadLocal<>();

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    private CurrentRequest(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** The request of this thread; empty if it serves none. */
    public static Optional<CurrentRequest> get() {
        return Optional.ofNullable(SERVED.get());
    }

    /** The login of the request of this thread; anonymous if it serves none. */
    public static RequestLogin login() {
        return get().map(served -> UnwrappedRequest.login(served.request)).orElseGet(RequestLogin.Anonymous::new);
    }

    /**
     * Lets this thread serve the request until the result is ended. Then the thread serves its former request again.
     */
    public static Serving serve(HttpServletRequest request, HttpServletResponse response) {
        CurrentRequest former = SERVED.get();
        SERVED.set(new CurrentRequest(request, response));
        return () -> {
            if (former == null) {
                SERVED.remove();
            } else {
                SERVED.set(former);
            }
        };
    }

    public HttpServletRequest request() {
        return request;
    }

    public HttpServletResponse response() {
        return response;
    }

    /** The time for which a thread serves a request. */
    @FunctionalInterface
    public interface Serving {

        /** Ends the time. */
        void end();
    }
}
