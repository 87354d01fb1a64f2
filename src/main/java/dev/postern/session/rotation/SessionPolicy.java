package dev.postern.session.rotation;

import dev.postern.session.row.SessionTimes;
import java.time.Duration;

/**
 * The limits of all sessions of an application.
 *
 * <p>Immutable.
 *
 * @param ordinary the lifespan of an ordinary session
 * @param remembered the lifespan of a remembered session
 * @param renewal when secrets are renewed
 * @param touchEvery the shortest time between two writes of the last use
 * @param perUser how many sessions a user may have
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
     * The renewal of secrets.
     *
     * <p>Immutable.
     *
     * @param after the age at which a token gets a successor
     * @param grace how long the former token is accepted after its successor came into use
     * @param onReuse what happens to a session when a stolen token is used
     */
    public record Renewal(Duration after, Duration grace, OnReuse onReuse) {

        /** What happens to a session when a stolen token is used. */
        public enum OnReuse {
            /** The session ends, for the thief and the owner. */
            REVOKE,
            /** Only the stolen token is refused. */
            REJECT
        }
    }

    /**
     * The limit of sessions per user.
     *
     * <p>Immutable.
     *
     * @param most how many sessions a user may have at once; 0 for any number
     * @param atLimit what happens at one more sign-in
     */
    public record PerUser(int most, AtLimit atLimit) {

        /** No limit. */
        public static final PerUser UNLIMITED = new PerUser(0, AtLimit.EVICT_OLDEST);

        /** What happens at a sign-in of a user who has as many sessions as allowed. */
        public enum AtLimit {
            /** The oldest sessions end. */
            EVICT_OLDEST,
            /** The sign-in is refused. */
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
