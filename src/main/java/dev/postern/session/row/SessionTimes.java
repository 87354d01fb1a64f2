package dev.postern.session.row;

import java.time.Duration;
import java.time.Instant;

/**
 * The times of a session, by the cluster's clock, to the millisecond. A session has expired once either deadline is
 * reached.
 *
 * <p>Immutable.
 */
public record SessionTimes(
        Instant created, Instant authenticated, Instant lastSeen, Instant idleDeadline, Instant absoluteDeadline) {

    /** The times of a session that begins now, and whose user authenticated a while ago. */
    public static SessionTimes startingAt(Instant now, Instant proven, Limits lifespan) {
        SessionTimes times = startingAt(now, lifespan);
        return new SessionTimes(now, proven, now, times.idleDeadline, times.absoluteDeadline);
    }

    /** The times of a session that begins now, and whose user authenticates now. */
    public static SessionTimes startingAt(Instant now, Limits lifespan) {
        Instant absolute = now.plus(lifespan.absolute());
        return new SessionTimes(now, now, now, earlier(now.plus(lifespan.idle()), absolute), absolute);
    }

    /** The times after a use. No time goes back, and the idle deadline never passes the absolute one. */
    public SessionTimes usedAt(Instant now, Duration idle) {
        return new SessionTimes(
                created,
                authenticated,
                later(lastSeen, now),
                later(idleDeadline, earlier(now.plus(idle), absoluteDeadline)),
                absoluteDeadline);
    }

    /** The times after a reauthentication: both limits start again (NIST SP 800-63B-4, session management). */
    public SessionTimes authenticatedAt(Instant proven, Instant now, Limits lifespan) {
        SessionTimes fresh = startingAt(now, lifespan);
        return new SessionTimes(created, proven, later(lastSeen, now), fresh.idleDeadline, fresh.absoluteDeadline);
    }

    /** When the session expires unless it is used again. */
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
     * The longest that a session lives: {@code idle} without use, and {@code absolute} in any case.
     *
     * <p>Immutable.
     */
    public record Limits(Duration idle, Duration absolute) {}
}
