package dev.postern.session.durable;

import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * What holds in every history of sessions with a durable store. How many are tried is the setting {@code
 * jqwik.tries.default}, and how long they are {@code test.store.steps}. A failure shows its seed and what has happened.
 */
class DurableHistoriesTest {

    private static final int STEPS = Integer.getInteger("test.store.steps", DurableHistory.FEW_STEPS);
    private static final Logger LOG = Logger.getLogger("dev.postern");

    @BeforeContainer
    static void keepTheLogShort() {
        LOG.setLevel(Level.OFF);
    }

    @AfterContainer
    static void logAgain() {
        LOG.setLevel(null);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void noSessionIsLostAndNoEndIsUndoneWhateverCrashesWhen(@ForAll long seed) {
        new DurableHistory(seed, StoreFault.NONE).run(STEPS);
    }
}
