package dev.postern.session;

import java.time.Duration;

/**
 * The limits of all sessions of an application: the lifespan of an ordinary and of a remembered one, the age at which a
 * secret is renewed, how long the former one is still accepted, and how often at most a use is written down.
 *
 * <p>Immutable.
 */
public record SessionLimits(
        Lifespan ordinary, Lifespan remembered, Duration renewAfter, Duration grace, Duration touchEvery) {

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
