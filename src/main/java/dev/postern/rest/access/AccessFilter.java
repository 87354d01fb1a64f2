package dev.postern.rest.access;

import dev.postern.rest.answer.ErrorResponse;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.LogSanitizer;
import dev.postern.session.request.RequestLogin;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stands before one resource method and lets through whom its rule lets through. It runs before the body is read, and
 * it answers instead of throwing, so that no exception mapper of the application can make a success of a refusal.
 *
 * <p>A closed method answers as any other: 401 to anonymous callers, 403 to users. When the grid did not answer, every
 * restricted method answers 503, even if another mechanism has signed a user in. A user with the role who signed in too
 * long ago gets 401 and the challenge of RFC 9470.
 *
 * <p>Whom it lets pass it marks with {@link RequestLogin#ADMITTED}, for the time in which the server's own filter may
 * run.
 *
 * <p>Safe for concurrent use.
 */
public final class AccessFilter implements ContainerRequestFilter {

    private static final Logger LOG = System.getLogger(AccessFilter.class.getName());

    private final MethodAccess method;

    public AccessFilter(MethodAccess method) {
        this.method = method;
    }

    /** Beans behind proxies are not made for callers whom the proxy's own class keeps out. */
    @Override
    public void filter(ContainerRequestContext request) {
        List<Object> resources = request.getUriInfo().getMatchedResources();
        refusal(method.atFirstSight(resources), request)
                .or(() -> refusal(method.behindProxies(resources), request))
                .ifPresentOrElse(
                        refusal -> request.abortWith(refusal.response(request)),
                        () -> request.setProperty(RequestLogin.ADMITTED, true));
    }

    /** Why the request is not let through, if it is not. */
    static Optional<ErrorResponse> refusal(AccessRule rule, ContainerRequestContext request) {
        if (!rule.restricts()) {
            return Optional.empty();
        }
        RequestLogin login = RequestLogin.of(request.getProperty(RequestLogin.ATTRIBUTE));
        if (login instanceof RequestLogin.Unavailable) {
            return Optional.of(ErrorResponse.UNAVAILABLE);
        }
        SecurityContext security = request.getSecurityContext();
        Principal user = security.getUserPrincipal();
        if (user == null) {
            return Optional.of(ErrorResponse.anonymous(login));
        }
        if (!rule.admits(security::isUserInRole)) {
            LOG.log(
                    Level.DEBUG,
                    () -> LogEvent.ACCESS_DENIED.told(
                            LogSanitizer.of(user.getName()) + " has none of " + rule.demands() + "."));
            return Optional.of(ErrorResponse.FORBIDDEN);
        }
        return rule.within().filter(time -> !isFresh(login, time)).map(time -> ErrorResponse.stale(login, time));
    }

    /** When another mechanism has signed the user in, the time is unknown. */
    private static boolean isFresh(RequestLogin login, Duration time) {
        return login.session()
                .filter(session -> session.sinceAuthentication().compareTo(time) < 0)
                .isPresent();
    }

    /**
     * Takes {@link RequestLogin#ADMITTED} away once the server's own filter has run, so that a resource method that
     * asks for a caller itself gets its challenge.
     *
     * <p>Safe for concurrent use.
     */
    public static final class AdmissionEnd implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            request.removeProperty(RequestLogin.ADMITTED);
        }
    }
}
