package dev.postern.rest.access;

import dev.postern.PosternException;
import dev.postern.rest.answer.ErrorResponse;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.LogSanitizer;
import dev.postern.session.request.HalfWayLookup;
import dev.postern.session.request.RequestLogin;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * Enforces the rule of one resource method. It runs before the body is read. It answers instead of throwing, so that no
 * exception mapper of the application can turn a refusal into a success.
 *
 * <table>
 * <caption>Answers of a restricted method</caption>
 * <tr><th>Caller</th><th>Answer</th></tr>
 * <tr><td>unknown, because the grid did not answer</td><td>503, also after another mechanism's sign-in</td></tr>
 * <tr><td>anonymous</td><td>401, except half-way through a sign-in where that is enough</td></tr>
 * <tr><td>without a demanded role</td><td>403</td></tr>
 * <tr><td>signed in too long ago, or by other methods</td><td>401 with the challenge of RFC 9470</td></tr>
 * </table>
 *
 * <p>A request that passes is marked as {@link RequestLogin#ADMITTED} while the server's own filter runs.
 *
 * <p>Safe for concurrent use.
 */
public final class AccessFilter implements ContainerRequestFilter {

    private static final Logger LOG = System.getLogger(AccessFilter.class.getName());

    private final MethodAccess method;

    public AccessFilter(MethodAccess method) {
        this.method = method;
    }

    /** Looks behind the proxies of beans last, because that may create the beans. */
    @Override
    public void filter(ContainerRequestContext request) {
        List<Object> resources = request.getUriInfo().getMatchedResources();
        refusal(method.atFirstSight(resources), request)
                .or(() -> refusal(method.behindProxies(resources), request))
                .ifPresentOrElse(
                        refusal -> request.abortWith(refusal.response(request)),
                        () -> request.setProperty(RequestLogin.ADMITTED, true));
    }

    /** The refusal; empty if the request passes. */
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
            return rule.admitsHalfWay() ? halfWayRefusal(login, request) : Optional.of(ErrorResponse.anonymous(login));
        }
        if (!rule.admits(security::isUserInRole)) {
            LOG.log(
                    Level.DEBUG,
                    () -> LogEvent.ACCESS_DENIED.told(
                            LogSanitizer.of(user.getName()) + " has none of " + rule.demands() + "."));
            return Optional.of(ErrorResponse.FORBIDDEN);
        }
        Freshness lacking = rule.freshness().lacking(login.session());
        return lacking.restricts()
                ? Optional.of(ErrorResponse.stale(login, lacking.within(), lacking.names()))
                : Optional.empty();
    }

    /** The refusal of a caller without a session; empty if only the second factor is missing. */
    private static Optional<ErrorResponse> halfWayRefusal(RequestLogin login, ContainerRequestContext request) {
        try {
            return HalfWayLookup.isHalfWay(request.getProperty(HalfWayLookup.ATTRIBUTE))
                    ? Optional.empty()
                    : Optional.of(ErrorResponse.anonymous(login));
        } catch (PosternException e) {
            return Optional.of(ErrorResponse.UNAVAILABLE);
        }
    }

    /**
     * Removes {@link RequestLogin#ADMITTED} after the server's own filter, so that a resource method that asks for a
     * caller itself gets its challenge.
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
