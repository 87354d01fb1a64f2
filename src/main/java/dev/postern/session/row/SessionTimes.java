package dev.postern.session.row;

import java.time.Duration;
import java.time.Instant;

/**
 * The times of a session, by the cluster's clock, to the millisecond. Alive before both deadlines, over from either on.
 *
 * <p>Immutable.
 */
public record SessionTimes(
        Instant created, Instant authenticated, Instant lastSeen, Instant idleDeadline, Instant absoluteDeadline) {

    /** The times of a session that begins, of a user who proved a while ago who they are. */
    public static SessionTimes startingAt(Instant now, Instant proven, Limits lifespan) {
        SessionTimes times = startingAt(now, lifespan);
        return new SessionTimes(now, proven, now, times.idleDeadline, times.absoluteDeadline);
    }

    public static SessionTimes startingAt(Instant now, Limits lifespan) {
        Instant absolute = now.plus(lifespan.absolute());
        return new SessionTimes(now, now, now, earlier(now.plus(lifespan.idle()), absolute), absolute);
    }

    /** The times after a use. Neither goes back, and the idle deadline never passes the absolute one. */
    public SessionTimes usedAt(Instant now, Duration idle) {
        return new SessionTimes(
                created,
                authenticated,
                later(lastSeen, now),
                later(idleDeadline, earlier(now.plus(idle), absoluteDeadline)),
                absoluteDeadline);
    }

    /**
     * The times after the user proved again who they are: both limits begin anew (NIST SP 800-63B-4, session
     * management).
     */
    public SessionTimes authenticatedAt(Instant proven, Instant now, Limits lifespan) {
        SessionTimes fresh = startingAt(now, lifespan);
        return new SessionTimes(created, proven, later(lastSeen, now), fresh.idleDeadline, fresh.absoluteDeadline);
    }

    /** When the session ends unless it is used again. */
    public Instant expires() {
        return earlier(idleDeadline, absoluteDeadline);
    }

    public boolean areOver(Instant now) {
        return !now.isBefore(expires());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * How long a session lives: at most {@code idle} without use, and at most {@code absolute} in any case.
     *
     * <p>Immutable.
     */
    public record Limits(Duration idle, Duration absolute) {}
}
