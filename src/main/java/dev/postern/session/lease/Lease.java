package dev.postern.session.lease;

import org.jspecify.annotations.Nullable;

/**
 * The lease of this node: until when it may decide by its copies. Times are those of the machine's monotonic clock, in
 * nanoseconds, and are passed in.
 *
 * <p>One thread changes it; all may read it.
 */
final class Lease {

    private volatile @Nullable Long until;

    /** Whether copies count now. */
    boolean isValid(long now) {
        Long present = until;
        return present != null && now - present < 0;
    }

    /** Copies count until then. */
    void extend(long until) {
        this.until = until;
    }

    /** Copies do not count any more. */
    void end() {
        until = null;
    }
}
