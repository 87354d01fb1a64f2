package dev.postern.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Which requests only look at their session, and so neither extend nor renew it: those to a path that the settings name,
 * those that say so themselves by a header, those after the session's own state, and what a browser fetches in advance.
 *
 * <p>A path is one below the context path, {@code /inbox/count}, or all below one, {@code /status/*}. A client that hides a
 * path behind an escape only counts as active.
 *
 * <p>Immutable.
 */
public record PassiveRequests(List<String> paths, String header) {

    private static final String ALL_BELOW = "/*";

    public PassiveRequests {
        paths = List.copyOf(paths);
    }

    boolean include(HttpServletRequest request) {
        String purpose = request.getHeader("Sec-Purpose");
        return request.getHeader(header) != null
                || (purpose != null && purpose.startsWith("prefetch"))
                || isOnPath(request);
    }

    private boolean isOnPath(HttpServletRequest request) {
        if (paths.isEmpty()) {
            return false;
        }
        String path = request.getRequestURI()
                .substring(request.getContextPath().length())
                .replaceFirst(";.*", "");
        return paths.stream().anyMatch(pattern -> matches(pattern, path));
    }

    private static boolean matches(String pattern, String path) {
        if (!pattern.endsWith(ALL_BELOW)) {
            return path.equals(pattern);
        }
        String root = pattern.substring(0, pattern.length() - ALL_BELOW.length());
        return path.equals(root) || path.startsWith(root + "/");
    }
}
