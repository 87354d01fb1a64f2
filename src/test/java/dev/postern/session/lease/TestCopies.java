package dev.postern.session.lease;

import dev.postern.session.token.Handle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Copies of the only node, for tests that need them and no second node. */
public final class TestCopies {

    private static final LeaseTerms TERMS =
            new LeaseTerms(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO);

    private TestCopies() {}

    /** Copies that count for good: the clock of their lease stands still. */
    public static SessionCopies leased() {
        AtomicLong time = new AtomicLong();
        Handle id = Handle.of(new byte[Handle.BYTES]);
        SessionCopies copies = new SessionCopies(new Board().seat(), TERMS, 100, id::text, "lease", time::get);
        copies.step();
        time.addAndGet(TERMS.afterFence().toNanos() + 1);
        copies.step();
        copies.step();
        return copies;
    }
}
