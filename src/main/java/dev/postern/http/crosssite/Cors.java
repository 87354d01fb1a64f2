package dev.postern.http.crosssite;

import dev.postern.Challenge;
import dev.postern.http.transport.BearerHeader;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.session.request.RequestLogin;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets pages of trusted origins, and no others, read our answers (Fetch Standard, section 3.3): those of the endpoints,
 * and every refusal. A page that cannot read a 401 takes it for a broken network. The application decides about its own
 * answers.
 *
 * <p>Immutable.
 */
public record Cors(Set<Origin> trusted) {

    private static final String ATTRIBUTE = "dev.postern.cors";
    private static final String ORIGIN = "Access-Control-Allow-Origin";
    private static final String EXPOSED = BearerHeader.TOKEN + ", Link, Retry-After, WWW-Authenticate";
    private static final String SENT =
            "content-type, authorization, " + CsrfCheck.HEADER + ", " + BearerHeader.TRANSPORT + ", Postern-Passive";
    private static final String SECONDS = "600";
    private static final int UNAVAILABLE = HttpServletResponse.SC_SERVICE_UNAVAILABLE;

    public Cors {
        trusted = Set.copyOf(trusted);
    }

    /** Notes in the request whether a page of a trusted origin has made it. */
    void note(HttpServletRequest request) {
        if (!trusted.isEmpty()) {
            request.setAttribute(ATTRIBUTE, trustedOrigin(request));
        }
    }

    /** From now on the answer to the request is one of ours. */
    public static void claim(ServletRequest request) {
        request.setAttribute(RequestLogin.REFUSED, true);
    }

    /** Lets the page read the answer if it is one of ours, unless the application has said who may. */
    public static void shareClaimed(HttpServletRequest request, HttpServletResponse response, int status) {
        if (request.getAttribute(ATTRIBUTE) != null
                && (status == UNAVAILABLE
                        || request.getAttribute(RequestLogin.REFUSED) != null
                        || hasOurChallenge(response))) {
            share(request, response);
        }
    }

    private static boolean hasOurChallenge(HttpServletResponse response) {
        return response.getHeaders(Challenge.HEADER).stream().anyMatch(value -> value.startsWith(Challenge.VALUE));
    }

    /** Lets the page read the answer, unless the application has said who may. */
    public static void share(HttpServletRequest request, HttpServletResponse response) {
        if (!(request.getAttribute(ATTRIBUTE) instanceof Optional<?> origin) || response.isCommitted()) {
            return;
        }
        CacheHeaders.Vary.by(response, "Origin");
        if (origin.isPresent() && !response.containsHeader(ORIGIN)) {
            response.setHeader(ORIGIN, origin.get().toString());
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
        }
    }

    /**
     * Answers {@code OPTIONS} at an endpoint: 204, and to the browser of a page of a trusted origin what the page may
     * send.
     */
    public static void answerOptions(HttpServletRequest request, HttpServletResponse response, String methods) {
        response.setHeader("Allow", methods);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        share(request, response);
        boolean isTrusted = request.getAttribute(ATTRIBUTE) instanceof Optional<?> origin && origin.isPresent();
        if (isTrusted && request.getHeader("Access-Control-Request-Method") != null) {
            response.setHeader("Access-Control-Allow-Methods", methods);
            response.setHeader("Access-Control-Allow-Headers", SENT);
            response.setHeader("Access-Control-Max-Age", SECONDS);
        }
    }

    private Optional<String> trustedOrigin(HttpServletRequest request) {
        List<String> origins = Collections.list(request.getHeaders("Origin"));
        return origins.size() == 1
                ? Optional.of(origins.get(0))
                        .filter(text ->
                                Origin.parse(text).filter(trusted::contains).isPresent())
                : Optional.empty();
    }
}
