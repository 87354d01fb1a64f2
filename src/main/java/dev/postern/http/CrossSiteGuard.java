package dev.postern.http;

import dev.postern.http.CrossSite.Deed;
import dev.postern.http.CrossSite.Traces;
import dev.postern.session.Incident;
import dev.postern.session.SeldomLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stands before whatever a page of another site could make a browser do in its user's name: what a cookie of ours is sent along
 * with, and signing in, which would put the user into an account of the attacker's. A bearer token no browser adds by itself.
 *
 * <p>Safe for concurrent use.
 */
public final class CrossSiteGuard {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Optional<CrossSite> rule;
    private final TokenTransport transport;
    private final SeldomLog refusals =
            new SeldomLog(System.getLogger(CrossSiteGuard.class.getName()), System::nanoTime);

    /** Without a rule everything is let through. */
    public CrossSiteGuard(Optional<CrossSite> rule, TokenTransport transport) {
        this.rule = rule;
        this.transport = transport;
    }

    /**
     * Whether the request may be carried out.
     *
     * @param isSignIn whether it signs somebody in
     */
    boolean admits(HttpServletRequest request, HttpServletResponse response, boolean isSignIn) {
        Deed deed = deed(request);
        boolean hasCookie = transport.hasCookie(request);
        if (rule.isEmpty() || deed == Deed.READING || !(hasCookie || isSignIn)) {
            return true;
        }
        response.addHeader("Vary", "Sec-Fetch-Site, Origin");
        boolean isAdmitted = rule.get().admits(deed, traces(request, hasCookie));
        if (!isAdmitted) {
            refusals.warn(Incident.CROSS_SITE_REFUSED.told("A page of another site may have made a request."));
        }
        return isAdmitted;
    }

    private static Traces traces(HttpServletRequest request, boolean hasCookie) {
        return new Traces(
                new Origin(request.getScheme(), request.getServerName(), request.getServerPort()),
                all(request, "Sec-Fetch-Site"),
                all(request, "Origin"),
                all(request, "Referer"),
                hasCookie);
    }

    private static Deed deed(HttpServletRequest request) {
        if (!READING.contains(request.getMethod())) {
            return Deed.CHANGING;
        }
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade")) ? Deed.CONNECTING : Deed.READING;
    }

    private static List<String> all(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }
}
