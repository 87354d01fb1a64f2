package dev.postern.http.endpoint;

import dev.postern.session.LiveSession;
import java.time.Duration;

/**
 * How long ago the caller may have signed in who ends other sessions at the endpoints (ASVS 7.5.2): a stolen cookie
 * alone must not put the owner out. Zero if that does not matter.
 *
 * <p>Immutable.
 */
public record RecentAuthentication(Duration within) {

    /** Whether the caller of this session may end others. */
    boolean admits(LiveSession session) {
        return within.isZero() || session.sinceAuthentication().compareTo(within) < 0;
    }
}
