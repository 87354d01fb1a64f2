package dev.postern.session;

import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.SessionEvent;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.Token;
import dev.postern.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests with one token at the same time: first as explicit interleavings, then on threads. */
class RenewalRacesTest {

    private final TestSessions sessions = new TestSessions();
    private final Token token = sessions.begin("ann").token();
    private final List<Token> offers = new ArrayList<>();

    @Test
    @Tag("P-09")
    @Tag("P-113")
    @Tag("X-22")
    void offerOneSuccessorToTwoRequestsThatOverlap() {
        sessions.twin().pass(RENEW);
        sessions.cache().beforeNextWrite(() -> sessions.offer(token).ifPresent(offers::add));

        sessions.offer(token).ifPresent(offers::add);

        assertThat(offers).hasSize(1);
        assertThat(sessions.active(token).generation().offers().contains(offers.get(0)))
                .isTrue();
    }

    @Test
    @Tag("P-09")
    void writeNothingForThoseThatComeAfterTheWinner() {
        sessions.twin().pass(RENEW);
        sessions.offer(token).ifPresent(offers::add);
        Active row = sessions.active(token);
        int before = sessions.cache().writes();

        assertThat(sessions.offer(token)).isEmpty();
        assertThat(sessions.offer(token)).isEmpty();

        assertThat(sessions.cache().writes()).isEqualTo(before);
        assertThat(sessions.active(token)).isEqualTo(row);
        assertThat(sessions.live(offers.get(0)).handle()).isEqualTo(token.session());
        assertThat(sessions.live(token).handle()).isEqualTo(token.session());
    }

    @Test
    @Tag("X-08")
    void neverRenewAgainAfterAWholeRenewalBetweenReadAndWrite() {
        sessions.twin().pass(RENEW);
        sessions.cache().beforeNextWrite(() -> {
            Token successor = sessions.offer(token).orElseThrow();
            sessions.live(successor);
            offers.add(successor);
        });

        assertThat(sessions.offer(token)).isEmpty();

        assertThat(offers).hasSize(1);
        assertThat(sessions.live(offers.get(0)).handle()).isEqualTo(token.session());
        assertThat(sessions.events(SessionEvent.Renewed.class)).hasSize(1);
    }

    @Test
    @Tag("P-09")
    void confirmOnceWhenTheSuccessorComesTwice() {
        sessions.twin().pass(RENEW);
        Token successor = sessions.offer(token).orElseThrow();
        sessions.cache().beforeNextWrite(() -> {
            sessions.twin().pass(TICK);
            sessions.live(successor);
        });

        assertThat(sessions.live(successor).handle()).isEqualTo(token.session());
        assertThat(sessions.events(SessionEvent.Confirmed.class)).hasSize(1);
    }

    @Test
    @Tag("X-06")
    void acceptTheFormerTokenThatArrivesWhileTheSuccessorIsConfirmed() {
        sessions.twin().pass(RENEW);
        Token successor = sessions.offer(token).orElseThrow();
        sessions.twin().pass(GRACE);
        sessions.cache().beforeNextWrite(() -> sessions.live(successor));

        assertThat(sessions.offer(token)).isEmpty();
        assertThat(sessions.live(successor).handle()).isEqualTo(token.session());
    }

    /** A successor that is offered by a write of which the answer got lost reaches its client all the same. */
    @Test
    @Tag("H-09")
    @Tag("X-19")
    void sendTheSuccessorWhenTheGridDeniesAWriteThatItMade() {
        sessions.twin().pass(RENEW);
        sessions.cache().denyNextWrites(1);

        Token successor = sessions.offer(token).orElseThrow();

        assertThat(sessions.active(token).generation().offers().contains(successor))
                .isTrue();
    }

    @RepeatedTest(50)
    @Tag("P-09")
    @Tag("P-58")
    @Tag("X-22")
    @Tag("G8")
    void offerOneSuccessorToManyThreads() throws Exception {
        Token remembered = sessions.remember("ann").token();
        sessions.twin().pass(RENEW);

        RowStore rows = sessions.rows(sessions.twin());
        SessionKeeper keeper =
                new SessionKeeper(rows, sessions.mint(), TestRows.LIMITS, new EventPublisher(event -> {}));

        List<ResumeResult> outcomes = Race.of(6, number -> keeper.resume(remembered.reveal(), TestSessions.ACTIVE));

        assertThat(outcomes).hasSize(6).hasOnlyElementsOfType(ResumeResult.Live.class);
        List<Token> successors = outcomes.stream()
                .map(outcome -> ((ResumeResult.Live) outcome).successor())
                .flatMap(Optional::stream)
                .toList();
        assertThat(successors).hasSize(1);
        assertThat(sessions.live(successors.get(0)).handle()).isEqualTo(remembered.session());
    }
}
