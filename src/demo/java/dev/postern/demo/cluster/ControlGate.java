package dev.postern.demo.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests the launcher obeys: those of the pages of the nodes, with the token of this run. The host is
 * checked too, so that no other name for the loopback address is of use (DNS rebinding). Immutable.
 *
 * @param host the launcher's own host and port
 * @param origins the origins of the nodes' pages
 */
record ControlGate(String host, List<String> origins, String token) {

    ControlGate {
        origins = List.copyOf(origins);
    }

    /** Whether the page that made the request may read answers. */
    boolean isFromAPage(@Nullable String requestedHost, @Nullable String origin) {
        return host.equals(requestedHost) && origin != null && origins.contains(origin);
    }

    /** Whether the request is from such a page, and has the token. */
    boolean admits(@Nullable String requestedHost, @Nullable String origin, @Nullable String presented) {
        return isFromAPage(requestedHost, origin)
                && presented != null
                && MessageDigest.isEqual(
                        presented.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
