package dev.postern.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Single histories that broke the rule as it was first written down. The referee fails them when an owner is out. */
class CrossingAnswersTest {

    private static final Duration PAUSE = Duration.ofMinutes(20);

    private final SessionHistory history = SessionHistory.ofBrowser();

    /**
     * A successor takes nearly a grace to arrive, and a request with the old token nearly as long, so that another one is
     * offered. The first comes into use, the second lies in the jar, and then the user has lunch.
     */
    @Test
    @Tag("H-12")
    @Tag("X-19")
    void aSecondOfferThatArrivesAfterTheFirstIsInUseSignsNobodyOut() {
        history.pass(TestRows.LIMITS.renewal().after());
        history.browse(List.of(Trip.millis(0, 59_000, false)));
        history.pass(Duration.ofMillis(58_900));
        history.browse(List.of(Trip.millis(59_000, 100, false)));
        history.pass(Duration.ofMillis(600));
        history.browse(List.of(Trip.millis(59_900, 0, false)));
        history.pass(PAUSE);

        history.browse(List.of(Trip.INSTANT));
        history.pass(Duration.ZERO);

        assertThat(history.world().row())
                .get()
                .isInstanceOfSatisfying(
                        Active.class,
                        row -> assertThat(row.generation().number()).isEqualTo(3));
    }

    /**
     * The owner's network changes between two requests, so that each brings an offer of its own. The second one's
     * arrives first and comes into use, the first one's lies in the jar then, and the user has lunch.
     */
    @Test
    @Tag("A4")
    @Tag("X-33")
    void anOfferToTheFormerNetworkThatArrivesLastSignsNobodyOut() {
        history.pass(TestRows.LIMITS.renewal().after());
        history.browse(List.of(Trip.millis(0, 59_000, false)));
        history.pass(Duration.ofSeconds(1));
        history.browse(List.of(Trip.INSTANT.from(Trip.ELSEWHERE, false)));
        history.pass(Duration.ofSeconds(1));
        history.browse(List.of(Trip.INSTANT.from(Trip.ELSEWHERE, false)));
        history.pass(PAUSE);

        history.browse(List.of(Trip.INSTANT.from(Trip.ELSEWHERE, false)));
        history.pass(Duration.ofSeconds(1));
        history.browse(List.of(Trip.INSTANT.from(Trip.ELSEWHERE, false)));
        history.pass(Duration.ZERO);

        assertThat(history.world().row())
                .get()
                .isInstanceOfSatisfying(
                        Active.class,
                        row -> assertThat(row.generation().number())
                                .as("straightened")
                                .isEqualTo(4));
    }

    /**
     * Two offers, of which the newer one arrives first: a slow request carries it. Then the older one arrives, and a
     * fast request brings it into use; then the slow one arrives. The older one lies in the jar.
     */
    @Test
    @Tag("A4")
    @Tag("X-33")
    void twoOffersAndTwoRequestsThatCrossSignNobodyOut() {
        history.pass(TestRows.LIMITS.renewal().after());
        history.browse(List.of(Trip.millis(0, 10_000, false), Trip.INSTANT.from(Trip.ELSEWHERE, false)));
        history.pass(Duration.ofSeconds(1));
        history.browse(List.of(Trip.millis(40_000, 0, false)));
        history.pass(Duration.ofSeconds(10));
        history.browse(List.of(Trip.INSTANT));
        history.pass(Duration.ofSeconds(50));
        assertThat(number()).as("the newer one is in use").isEqualTo(3);
        history.pass(PAUSE);

        history.browse(List.of(Trip.INSTANT));
        history.pass(Duration.ofSeconds(1));
        history.browse(List.of(Trip.INSTANT));
        history.pass(Duration.ZERO);

        assertThat(number()).as("straightened").isEqualTo(4);
    }

    private int number() {
        return ((Active) history.world().row().orElseThrow()).generation().number();
    }
}
