package dev.postern.session;

import java.time.Duration;
import java.time.Instant;

/**
 * The times of a session, by the cluster's clock, to the millisecond. Alive before both deadlines, over from either on.
 *
 * <p>Immutable.
 */
public record Times(
        Instant created, Instant authenticated, Instant lastSeen, Instant idleDeadline, Instant absoluteDeadline) {

    /** The times of a session that begins, of a user who proved a while ago who they are. */
    static Times startingAt(Instant now, Instant proven, Lifespan lifespan) {
        Times times = startingAt(now, lifespan);
        return new Times(now, proven, now, times.idleDeadline, times.absoluteDeadline);
    }

    static Times startingAt(Instant now, Lifespan lifespan) {
        Instant absolute = now.plus(lifespan.absolute());
        return new Times(now, now, now, earlier(now.plus(lifespan.idle()), absolute), absolute);
    }

    /** The times after a use. Neither goes back, and the idle deadline never passes the absolute one. */
    Times usedAt(Instant now, Duration idle) {
        return new Times(
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
    Times authenticatedAt(Instant proven, Instant now, Lifespan lifespan) {
        Times fresh = startingAt(now, lifespan);
        return new Times(created, proven, later(lastSeen, now), fresh.idleDeadline, fresh.absoluteDeadline);
    }

    /** When the session ends unless it is used again. */
    public Instant expires() {
        return earlier(idleDeadline, absoluteDeadline);
    }

    boolean areOver(Instant now) {
        return !now.isBefore(expires());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
