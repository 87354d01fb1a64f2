package dev.postern.session.lease;

import org.jspecify.annotations.Nullable;

/**
 * The lease of this node: until when it may decide by its copies. Times are those of the machine's monotonic clock, in
 * nanoseconds, and are passed in.
 *
 * <p>One thread changes it; all may read it.
 */
final class Lease {

    private volatile @Nullable Term term;

    private record Term(String id, long until) {}

    /** Whether copies count now. */
    boolean isValid(long now) {
        Term present = term;
        return present != null && now - present.until < 0;
    }

    /** The lease under this id counts until then. */
    void extend(String id, long until) {
        term = new Term(id, until);
    }

    /** Copies do not count any more. */
    void end() {
        term = null;
    }
}
