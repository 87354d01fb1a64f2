package dev.postern.session;

import static dev.postern.session.TestSessions.ACTIVE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.TICK;
import static dev.postern.session.TestSessions.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.NearCachedStore;
import dev.postern.session.token.Token;
import dev.postern.testing.CountingCache;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that lets requests in on its copies, beside one that writes. */
class StaleReadsTest {

    private static final Duration STALENESS = Duration.ofSeconds(10);

    private final TestSessions other = new TestSessions();
    private final CountingCache grid = new CountingCache(other.twin());
    private final NearCachedStore near = new NearCachedStore(grid, other.codec(), STALENESS, other.twin()::nanoTime);
    private final SessionKeeper node =
            new SessionKeeper(other.rows(near), other.mint(), TestRows.LIMITS, new EventPublisher(event -> {}));

    private final Token token = other.begin("ann").token();

    @Test
    void manyRequestsOfOneSessionAskOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(resume(token)).isInstanceOf(ResumeResult.Live.class);
        }

        assertThat(grid.reads()).isEqualTo(1);
        assertThat(grid.writes()).isZero();
    }

    @Test
    @Tag("I2")
    void endOnAnotherNodeCountsFromTheStalenessOn() {
        for (ResumeRequest use : List.of(ACTIVE, ResumeRequest.PASSIVE)) {
            Token fresh = other.begin("ann").token();
            assertThat(node.resume(fresh.reveal(), use)).isInstanceOf(ResumeResult.Live.class);
            other.end(fresh);

            pass(STALENESS.minus(TICK));
            assertThat(node.resume(fresh.reveal(), use)).isInstanceOf(ResumeResult.Live.class);
            pass(TICK);
            assertThat(node.resume(fresh.reveal(), use)).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
        }
    }

    @Test
    @Tag("I2")
    void nodeThatIsCutOffStopsAtTheStalenessToo() {
        resume(token);
        other.twin().setBroken(true);

        pass(STALENESS.minus(TICK));
        assertThat(resume(token)).isInstanceOf(ResumeResult.Live.class);
        pass(TICK);
        assertThatThrownBy(() -> resume(token)).isInstanceOf(PosternException.class);
    }

    @Test
    void endOnThisNodeCountsAtOnce() {
        resume(token);
        node.end(token, Ending.SIGNED_OUT);

        assertThat(resume(token)).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
    }

    @Test
    void whatNeedsAWriteIsDecidedOnTheRow() {
        pass(TOUCH.minus(TICK));
        resume(token);
        other.end(token);
        pass(TICK);

        assertThat(resume(token)).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
        assertThat(node.resume(token.reveal(), ResumeRequest.PASSIVE))
                .isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
        assertThat(grid.writes()).isZero();
    }

    @Test
    void renewalIsDecidedOnTheRow() {
        pass(RENEW.minus(TICK));
        other.live(token);
        resume(token);
        pass(TICK);
        Token successor = other.offer(token).orElseThrow();

        assertThat(((ResumeResult.Live) resume(token)).successor()).isEmpty();
        assertThat(resume(successor)).isInstanceOf(ResumeResult.Live.class);
    }

    /** By the copy the successor is a token that nobody knows, and the former one is still the current one. */
    @Test
    void refusalIsNeverStale() {
        pass(RENEW.minus(TICK));
        other.live(token);
        pass(TICK);
        Token successor = other.offer(token).orElseThrow();
        assertThat(resume(token)).isInstanceOf(ResumeResult.Live.class);
        other.live(successor);

        assertThat(resume(successor)).isInstanceOf(ResumeResult.Live.class);
        assertThat(grid.writes()).isZero();
    }

    private ResumeResult resume(Token presented) {
        return node.resume(presented.reveal(), ACTIVE);
    }

    private void pass(Duration time) {
        other.twin().pass(time);
    }
}
