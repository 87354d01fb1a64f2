package dev.postern.session;

import static dev.postern.session.TestSessions.ABSOLUTE;
import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static dev.postern.session.TestSessions.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExpiryTest {

    private static final ResumeResult EXPIRED = new ResumeResult.Over(Ending.EXPIRED);

    private final TestSessions sessions = new TestSessions();

    @Test
    @Tag("P-37")
    @Tag("P-51")
    @Tag("S-08")
    @Tag("X-01")
    @Tag("S-77")
    @Tag("I6")
    void comesExactlyAtTheIdleDeadline() {
        Token token = sessions.begin("ann").token();

        sessions.twin().setNow(START.plus(IDLE).minus(TICK));
        assertThat(look(token)).isInstanceOf(ResumeResult.Live.class);
        sessions.twin().setNow(START.plus(IDLE));
        assertThat(look(token)).isEqualTo(EXPIRED);
        assertThat(sessions.resume(token)).isEqualTo(EXPIRED);
    }

    @Test
    @Tag("S-09")
    @Tag("X-13")
    @Tag("S-81")
    @Tag("I6")
    void comesExactlyAtTheAbsoluteDeadlineHoweverOftenUsedAndRenewed() {
        Token token = sessions.begin("ann").token();
        for (Instant now = START; now.isBefore(START.plus(ABSOLUTE)); now = now.plus(TOUCH)) {
            sessions.twin().setNow(now);
            token = sessions.offer(token).orElse(token);
        }

        sessions.twin().setNow(START.plus(ABSOLUTE).minus(TICK));
        assertThat(sessions.live(token).row().generation().number()).isGreaterThan(40);
        sessions.twin().setNow(START.plus(ABSOLUTE));
        assertThat(sessions.resume(token)).isEqualTo(EXPIRED);
    }

    @Test
    @Tag("P-37")
    @Tag("X-01")
    void isDecidedFromTheRowWhenTheMapForgetsNothing() {
        sessions.twin().neverForget();
        Token token = sessions.begin("ann").token();

        sessions.twin().pass(Duration.ofDays(400));

        assertThat(sessions.row(token)).isPresent();
        assertThat(sessions.resume(token)).isEqualTo(EXPIRED);
    }

    @Test
    @Tag("X-02")
    void isNotUndoneByANewSignIn() {
        sessions.twin().neverForget();
        Token old = sessions.begin("ann").token();
        Token ended = sessions.begin("ann").token();
        sessions.end(ended);
        sessions.twin().pass(IDLE);

        LiveSession begun = sessions.beginOver(old, "ann");

        assertThat(begun.handle()).isNotEqualTo(old.session());
        assertThat(sessions.live(begun.token()).row().user().name()).isEqualTo("ann");
        assertThat(sessions.resume(old)).isInstanceOf(ResumeResult.Over.class);
        assertThat(sessions.resume(ended)).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
    }

    @Test
    @Tag("P-37")
    @Tag("X-29")
    @Tag("S-82")
    void isPutOffByAUseThatIsWrittenDownAtMostOnceInAWhile() {
        Token token = sessions.begin("ann").token();
        int before = sessions.cache().writes();

        sessions.twin().setNow(START.plus(TOUCH).minus(TICK));
        sessions.live(token);
        assertThat(sessions.cache().writes()).isEqualTo(before);

        sessions.twin().setNow(START.plus(TOUCH));
        LiveSession touched = sessions.live(token);
        sessions.live(token);
        assertThat(sessions.cache().writes()).isEqualTo(before + 1);
        assertThat(touched.row().times().expires()).isEqualTo(START.plus(TOUCH).plus(IDLE));
    }

    @Test
    @Tag("X-30")
    void isNotPutOffByALook() {
        Token token = sessions.begin("ann").token();
        int before = sessions.cache().writes();
        sessions.twin().pass(TestSessions.RENEW);

        ResumeResult.Live seen = (ResumeResult.Live) look(token);

        assertThat(sessions.cache().writes()).isEqualTo(before);
        assertThat(seen.successor()).isEmpty();
        assertThat(seen.session().row().times().expires()).isEqualTo(START.plus(IDLE));
    }

    @Test
    @Tag("P-28")
    @Tag("P-119")
    @Tag("X-05")
    void comesToEachSessionAtItsOwnTime() {
        Token remembered = sessions.remember("ann").token();
        Token used = sessions.begin("ann").token();
        Token idle = sessions.begin("ann").token();
        sessions.twin().pass(TOUCH);
        sessions.live(used);

        sessions.twin().setNow(START.plus(IDLE));
        assertThat(sessions.resume(idle)).isEqualTo(EXPIRED);
        assertThat(look(used)).isInstanceOf(ResumeResult.Live.class);
        sessions.twin().pass(TOUCH);
        assertThat(sessions.resume(used)).isEqualTo(EXPIRED);
        assertThat(sessions.live(remembered).row().times().absoluteDeadline())
                .isEqualTo(START.plus(TestRows.LIMITS.remembered().absolute()));
    }

    @Test
    @Tag("X-35")
    void goesByTheClustersClockWhateverTheNodesOwnShows() {
        Token token = sessions.begin("ann").token();
        LongSupplier hoursAhead =
                () -> sessions.twin().nanoTime() + Duration.ofHours(9).toNanos();
        ClockJumpDetector watch = new ClockJumpDetector(TestSessions.GRACE, hoursAhead);
        RowStore rows = new RowStore(sessions.cache(), sessions.codec(), Duration.ofSeconds(1), watch);
        SessionKeeper other =
                new SessionKeeper(rows, sessions.mint(), TestRows.LIMITS, new EventPublisher(event -> {}));

        sessions.twin().setNow(START.plus(IDLE).minus(TICK));
        assertThat(other.resume(token.reveal(), ResumeRequest.PASSIVE)).isInstanceOf(ResumeResult.Live.class);
        sessions.twin().setNow(START.plus(IDLE));
        assertThat(other.resume(token.reveal(), ResumeRequest.PASSIVE)).isEqualTo(EXPIRED);
    }

    private ResumeResult look(Token token) {
        return sessions.keeper().resume(token.reveal(), ResumeRequest.PASSIVE);
    }
}
