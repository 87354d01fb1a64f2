package dev.postern.http.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;

/**
 * The requests that neither extend nor renew their session: those to a path in the settings, those with a header, and
 * those that a browser sends to fetch something in advance. A header counts for {@code GET} and {@code HEAD} alone: a
 * request that may change something leaves its trace in the session.
 *
 * <p>Immutable.
 */
public record PassiveRequests(PathPatterns paths, String header) {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    public PassiveRequests(List<String> patterns, String header) {
        this(new PathPatterns(patterns), header);
    }

    public boolean include(HttpServletRequest request) {
        return paths.include(request) || (READING.contains(request.getMethod()) && isMarked(request));
    }

    private boolean isMarked(HttpServletRequest request) {
        String purpose = request.getHeader("Sec-Purpose");
        return request.getHeader(header) != null || (purpose != null && purpose.startsWith("prefetch"));
    }
}
