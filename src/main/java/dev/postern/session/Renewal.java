package dev.postern.session;

import java.time.Duration;

/**
 * When a session's secret is renewed, how long the former one is accepted after that, and what becomes of a session of
 * which a token was used that only a copy can hold.
 *
 * <p>Immutable.
 */
public record Renewal(Duration after, Duration grace, OnReuse onReuse) {

    /** What a copy in use means for the session. */
    public enum OnReuse {
        /** It is over: thief and owner are both out. */
        REVOKE,
        /** Only the copy is refused. */
        REJECT
    }
}
