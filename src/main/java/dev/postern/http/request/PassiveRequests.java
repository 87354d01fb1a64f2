package dev.postern.http.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;

/**
 * Which requests only look at their session, and so neither extend nor renew it: those to a path that the settings
 * name, those that say so themselves by a header, and what a browser fetches in advance. What a client says counts for
 * {@code GET} and {@code HEAD} alone: a request that may change something leaves its trace in the session.
 *
 * <p>Immutable.
 */
public record PassiveRequests(PathPatterns paths, String header) {

    private static final Set<String> LOOKING = Set.of("GET", "HEAD");

    public PassiveRequests(List<String> patterns, String header) {
        this(new PathPatterns(patterns), header);
    }

    public boolean include(HttpServletRequest request) {
        return paths.include(request) || (LOOKING.contains(request.getMethod()) && saysSo(request));
    }

    private boolean saysSo(HttpServletRequest request) {
        String purpose = request.getHeader("Sec-Purpose");
        return request.getHeader(header) != null || (purpose != null && purpose.startsWith("prefetch"));
    }
}
