package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule of the store is needed: without it the referee of the histories finds one that fails. */
class StoreFaultTest {

    private static final Logger LOG = Logger.getLogger("dev.postern");

    /** The seed of a fault finds it at once, until something changes. Then another one does. */
    private static final int MOST_HISTORIES = 1_000;

    @BeforeAll
    static void keepTheLogShort() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        LOG.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyFaultIsFound(StoreFault fault, TestReporter reporter) {
        Optional<String> found = LongStream.range(fault.seed(), fault.seed() + MOST_HISTORIES)
                .boxed()
                .flatMap(seed -> failure(seed, fault).stream())
                .filter(failure -> failure.contains(fault.verdict()))
                .findFirst();

        found.ifPresent(failure -> reporter.publishEntry(fault.name(), failure));
        assertThat(found).isPresent();
    }

    private static Optional<String> failure(long seed, StoreFault fault) {
        try {
            new DurableHistory(seed, fault).run(DurableHistory.FEW_STEPS);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of("seed " + seed + ": "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
