package dev.postern.http.crosssite;

import dev.postern.http.crosssite.CrossSitePolicy.Deed;
import dev.postern.http.crosssite.CrossSitePolicy.Fetch;
import dev.postern.http.crosssite.CrossSitePolicy.Traces;
import dev.postern.http.request.PathPatterns;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.LiveSession;
import dev.postern.session.SessionKeeper;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses requests that a page of another site could make a browser send in its user's name: those with a cookie of
 * ours, and sign-ins, which would put the user into an account of the attacker. Requests with a bearer token pass: no
 * browser adds one by itself.
 *
 * <p>Safe for concurrent use.
 */
public final class CrossSiteGuard {

    private static final String ATTRIBUTE = "dev.postern.cross-site";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final String[] SOURCE = {"Sec-Fetch-Site", "Origin"};
    private static final String[] FETCH = {"Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Origin"};

    private final Optional<CrossSitePolicy> rule;
    private final boolean isIsolating;
    private final TokenTransport transport;
    private final Optional<CsrfCheck> csrf;
    private final Cors cors;
    private final PathPatterns signInPaths;
    private final RateLimitedLog refusals =
            new RateLimitedLog(System.getLogger(CrossSiteGuard.class.getName()), System::nanoTime);

    /** A guard without exceptions. Without a rule it admits every request. */
    public CrossSiteGuard(Optional<CrossSitePolicy> rule, TokenTransport transport) {
        this(rule, transport, new Cors(Set.of()), new PathPatterns(List.of()));
    }

    /**
     * A guard with exceptions.
     *
     * @param cors the origins whose pages may read our answers
     * @param signInPaths paths to which an identity provider's page sends its users with {@code POST}, to be signed in
     */
    public CrossSiteGuard(
            Optional<CrossSitePolicy> rule, TokenTransport transport, Cors cors, PathPatterns signInPaths) {
        this(rule, transport, Optional.empty(), cors, signInPaths);
    }

    private CrossSiteGuard(
            Optional<CrossSitePolicy> rule,
            TokenTransport transport,
            Optional<CsrfCheck> csrf,
            Cors cors,
            PathPatterns signInPaths) {
        this.rule = rule;
        this.isIsolating = rule.filter(CrossSitePolicy::isIsolating).isPresent();
        this.transport = transport;
        this.csrf = csrf;
        this.cors = cors;
        this.signInPaths = signInPaths;
    }

    /** A guard that requires the session's CSRF token as well. */
    public CrossSiteGuard askingForCsrfTokens(SessionKeeper keeper) {
        return new CrossSiteGuard(rule, transport, Optional.of(new CsrfCheck(transport, keeper)), cors, signInPaths);
    }

    /** Notes in the request whether a page of a trusted origin has made it and may read the answer. */
    public void note(HttpServletRequest request) {
        cors.note(request);
    }

    /**
     * Whether the request is for a path where an identity provider's page may sign a user in. A cookie is ignored
     * there: nothing may be done in the name of its session.
     */
    public boolean isSignInPath(HttpServletRequest request) {
        return signInPaths.include(request);
    }

    /**
     * Whether the request may be carried out.
     *
     * @param isSignIn whether it signs a user in
     */
    public boolean admits(HttpServletRequest request, HttpServletResponse response, boolean isSignIn) {
        Deed deed = deed(request);
        if (rule.isEmpty() || (deed == Deed.READING && !isIsolating)) {
            return true;
        }
        boolean hasCookie = transport.hasCookie(request) || transport.hasHalfWayCookie(request);
        if ((!hasCookie && !isSignIn) || (isSignIn && isSignInPath(request))) {
            return true;
        }
        CacheHeaders.Vary.by(response, deed == Deed.READING ? FETCH : SOURCE);
        return answer(rule.get(), deed, request, hasCookie);
    }

    /**
     * The rule's answer, which the request remembers: at a sign-in mechanism, endpoint and credential check ask for it.
     */
    private boolean answer(CrossSitePolicy policy, Deed deed, HttpServletRequest request, boolean hasCookie) {
        HttpServletRequest unwrapped = UnwrappedRequest.of(request);
        if (unwrapped.getAttribute(ATTRIBUTE) instanceof Answer known && known.deed() == deed) {
            return known.isAdmitted();
        }
        boolean isAdmitted = policy.admits(deed, traces(request, hasCookie));
        unwrapped.setAttribute(ATTRIBUTE, new Answer(deed, isAdmitted));
        if (!isAdmitted) {
            refusals.warn(LogEvent.CROSS_SITE_REFUSED.told("A request may come from another site's page. See the"
                    + " setting postern.cross-site.trusted-origins."));
        }
        return isAdmitted;
    }

    /** The rule's answer to a request of this kind. */
    private record Answer(Deed deed, boolean isAdmitted) {}

    /**
     * Whether the request brings the CSRF token of its cookie's session, or needs none: none is required, it changes
     * nothing, or it has no cookie. Otherwise the request must not act in the name of the session's user.
     */
    public boolean isProven(HttpServletRequest request) {
        return csrf.isEmpty()
                || deed(request) != Deed.CHANGING
                || !transport.hasCookie(request)
                || csrf.get().isPassedBy(request);
    }

    /** The CSRF token that the client has to send; empty if none is asked for. */
    public Optional<String> csrfToken(LiveSession session) {
        return csrf.map(check -> check.tokenOf(session));
    }

    private static Traces traces(HttpServletRequest request, boolean hasCookie) {
        return new Traces(
                new Origin(request.getScheme(), request.getServerName(), request.getServerPort()),
                new Fetch(
                        all(request, "Sec-Fetch-Site"), all(request, "Sec-Fetch-Mode"), all(request, "Sec-Fetch-Dest")),
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
