package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.row.RowCodec;
import dev.postern.session.token.TokenMint;
import dev.postern.testing.BlindCache;
import dev.postern.testing.InMemoryCredentialsCache;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests, sign-ins and sign-outs over one session at once. Lincheck switches between the clients at every call of the
 * cache. The result of each run has to be possible for {@link ClientsInTurn}. So no request is accepted after a
 * sign-out was answered, and after a new sign-in only those of its client. Of all requests that meet, one gets the next
 * token.
 */
class ConcurrentSessionsTest {

    private static final Logger EVENTS = Logger.getLogger("dev.postern.events");
    private static final int RANDOM_SCENARIOS = Integer.getInteger("test.lincheck.iterations", 1);
    private static final int INTERLEAVINGS = Integer.getInteger("test.lincheck.interleavings", 60);

    private static final String[] CACHES = names(InMemoryCredentialsCache.class, BlindCache.class);

    /** Clients do not meet in these, or to no effect: only the events and the clock's check have state. */
    private static final String[] NO_MEETING_PLACES = names(
            EventPublisher.class,
            ClockJumpDetector.class,
            TokenMint.class,
            RowCodec.class,
            Rotation.class,
            BoundedMetadata.class);

    /** Clients of a cache that keeps its promises. */
    public static final class Racing extends Clients {

        public Racing() {
            super(UnaryOperator.identity());
        }
    }

    /** Clients of a cache that does not compare. */
    public static final class RacingBlindly extends Clients {

        public RacingBlindly() {
            super(BlindCache::new);
        }
    }

    @BeforeAll
    static void silenceTheEvents() {
        EVENTS.setLevel(Level.OFF);
    }

    @AfterAll
    static void letTheEventsBeHeard() {
        EVENTS.setLevel(null);
    }

    @Test
    @Tag("G10")
    @Tag("H-07")
    @Tag("X-18")
    @Tag("S-59")
    void clientsThatMeetAreToldWhatTheyWouldBeToldInSomeOrder() {
        race(Racing.class);
    }

    @Test
    void aSwapThatDoesNotCompareIsFound() {
        assertThatThrownBy(() -> race(RacingBlindly.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static void race(Class<? extends Clients> clients) {
        ModelCheckingOptions options = new ModelCheckingOptions();
        Encounters.ofEveryTwo().forEach(options::addCustomScenario);
        options.iterations(RANDOM_SCENARIOS)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(3)
                .actorsAfter(2)
                .minimizeFailedScenario(false)
                .sequentialSpecification(ClientsInTurn.class)
                .addGuarantee(forClasses(CACHES)
                        .methods("read", "create", "swap", "rowsOf")
                        .treatAsAtomic())
                .addGuarantee(forClasses(CACHES).methods("now", "nanoTime").ignore())
                .addGuarantee(forClasses(NO_MEETING_PLACES).allMethods().ignore())
                .check(clients);
    }

    private static String[] names(Class<?>... classes) {
        return Stream.of(classes).map(Class::getName).toArray(String[]::new);
    }
}
