package dev.postern.session.lease;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param lease how long a lease lasts from the sending of the read that renewed it
 * @param renewal how often it is renewed
 * @param answer how long an answer to a {@link LeaseMessage.Drop} is awaited before the node is fenced
 * @param patience how long one call of the grid is waited for
 * @param settling how long after a drop no copy of the same session is kept
 */
record LeaseTerms(Duration lease, Duration renewal, Duration answer, Duration patience, Duration settling) {

    static final LeaseTerms USUAL = new LeaseTerms(
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10));

    /** How long a fenced lease can still last: clocks of two machines may run at rates that differ by two percent. */
    Duration afterFence() {
        return lease.plus(lease.dividedBy(50));
    }
}
