package dev.postern.session.rotation;

import dev.postern.session.row.SessionTimes;
import java.time.Duration;

/**
 * The limits of all sessions of an application: the lifespan of an ordinary and of a remembered one, the renewal of
 * their secrets, how often at most a use is written down, and how many sessions a user may have.
 *
 * <p>Immutable.
 */
public record SessionPolicy(
        SessionTimes.Limits ordinary,
        SessionTimes.Limits remembered,
        Renewal renewal,
        Duration touchEvery,
        PerUser perUser) {

    public SessionTimes.Limits lifespan(boolean isRemembered) {
        return isRemembered ? remembered : ordinary;
    }

    public Duration longestIdle() {
        return longer(ordinary.idle(), remembered.idle());
    }

    public Duration longestAbsolute() {
        return longer(ordinary.absolute(), remembered.absolute());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * When a session's secret is renewed, how long the former one is accepted after that, and what becomes of a session
     * of which a token was used that only a copy can hold.
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

    /**
     * How many sessions a user may have at once, 0 for any number, and what happens to one more.
     *
     * <p>Immutable.
     */
    public record PerUser(int most, AtLimit atLimit) {

        /** As many as they like. */
        public static final PerUser UNLIMITED = new PerUser(0, AtLimit.EVICT_OLDEST);

        /** What gives way when a user has as many sessions as allowed. */
        public enum AtLimit {
            /** The sessions that began first are over. */
            EVICT_OLDEST,
            /** The user stays out until one of the others is over. */
            REFUSE
        }

        public boolean isLimited() {
            return most > 0;
        }

        public boolean isRefusing() {
            return isLimited() && atLimit == AtLimit.REFUSE;
        }
    }
}
