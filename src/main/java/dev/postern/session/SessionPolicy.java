package dev.postern.session;

import java.time.Duration;

/**
 * The limits of all sessions of an application: the lifespan of an ordinary and of a remembered one, the renewal of
 * their secrets, how often at most a use is written down, and how many sessions a user may have.
 *
 * <p>Immutable.
 */
public record SessionPolicy(
        Lifespan ordinary, Lifespan remembered, Renewal renewal, Duration touchEvery, PerUser perUser) {

    Lifespan lifespan(boolean isRemembered) {
        return isRemembered ? remembered : ordinary;
    }

    Duration longestIdle() {
        return longer(ordinary.idle(), remembered.idle());
    }

    Duration longestAbsolute() {
        return longer(ordinary.absolute(), remembered.absolute());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
