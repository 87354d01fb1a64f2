package dev.postern.http.endpoint;

import dev.postern.session.LiveSession;
import java.time.Duration;

/**
 * The age of a sign-in up to which a caller may end other sessions at the endpoints (ASVS 7.5.2): a thief with a stolen
 * cookie alone must not sign the owner out.
 *
 * <p>Immutable.
 *
 * @param within the age; zero if any age will do
 */
public record RecentAuthentication(Duration within) {

    /** Whether the caller of this session may end others. */
    boolean admits(LiveSession session) {
        return within.isZero() || session.sinceAuthentication().compareTo(within) < 0;
    }
}
