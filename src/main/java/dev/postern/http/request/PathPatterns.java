package dev.postern.http.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Paths in the settings: one path below the context path, {@code /inbox/count}, or all below one, {@code /status/*}. A
 * path in which a client escapes characters does not match.
 *
 * <p>Immutable.
 */
public record PathPatterns(List<String> patterns) {

    private static final String ALL_BELOW = "/*";

    public PathPatterns {
        patterns = List.copyOf(patterns);
    }

    /** Whether the request is for one of the paths. */
    public boolean include(HttpServletRequest request) {
        if (patterns.isEmpty()) {
            return false;
        }
        String path = request.getRequestURI()
                .substring(request.getContextPath().length())
                .replaceFirst(";.*", "");
        return patterns.stream().anyMatch(pattern -> matches(pattern, path));
    }

    private static boolean matches(String pattern, String path) {
        if (!pattern.endsWith(ALL_BELOW)) {
            return path.equals(pattern);
        }
        String root = pattern.substring(0, pattern.length() - ALL_BELOW.length());
        return path.equals(root) || path.startsWith(root + "/");
    }
}
