package dev.postern.session;

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

    boolean isLimited() {
        return most > 0;
    }

    boolean isRefusing() {
        return isLimited() && atLimit == AtLimit.REFUSE;
    }
}
