package dev.postern.session;

import static dev.postern.session.TestSessions.TICK;
import static dev.postern.session.rotation.SessionPolicy.PerUser.AtLimit.EVICT_OLDEST;
import static dev.postern.session.rotation.SessionPolicy.PerUser.AtLimit.REFUSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Ended;
import dev.postern.SessionEvent.Refused;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many sessions a user may have. */
@Tag("S-02")
@Tag("X-25")
class SessionLimitEnforcerTest {

    private final TestSessions evicting = new TestSessions("shop", TestSessions.limitedTo(2, EVICT_OLDEST));
    private final TestSessions refusing = new TestSessions("shop", TestSessions.limitedTo(2, REFUSE));

    @Test
    void isUnlimitedUnlessTheLimitsSayOtherwise() {
        TestSessions sessions = new TestSessions();
        for (int i = 0; i < 20; i++) {
            sessions.begin("ann");
        }

        assertThat(handles(sessions)).hasSize(20);
    }

    /** Each session that is over leaves its tombstone for as long as a copy of it might come back. */
    @Test
    @Tag("B3")
    void userWithTooManyRowsSignsInNoMoreUntilTheyAreGone() {
        Handle ann = next(evicting).token().user();
        byte[] tombstone = evicting.codec()
                .encode(
                        RowKey.epoch(ann),
                        new SessionRow.Revoked(
                                evicting.twin().now(),
                                Ending.EVICTED,
                                evicting.twin().now().plus(TestSessions.ABSOLUTE)));
        for (int rows = 1; rows < SessionLimitEnforcer.MOST_ROWS + 1; rows++) {
            evicting.twin().create(TestRows.sibling(RowKey.epoch(ann)), tombstone, TestSessions.soon());
        }
        next(evicting);
        int before = evicting.cache().writes();

        assertThat(evicting.tryToBegin("ann")).isEmpty();
        assertThat(evicting.cache().writes()).isEqualTo(before);
        assertThat(evicting.tryToBegin("bob")).isPresent();

        evicting.twin().pass(Duration.ofDays(60));
        assertThat(evicting.tryToBegin("ann")).isPresent();
    }

    @Test
    void evictsTheOneThatBeganFirst() {
        LiveSession first = next(evicting);
        LiveSession second = next(evicting);
        LiveSession third = next(evicting);

        assertThat(evicting.resume(first.token())).isEqualTo(new ResumeResult.Over(Ending.EVICTED));
        assertThat(handles(evicting)).containsExactly(third.handle(), second.handle());
        assertThat(evicting.events(Ended.class))
                .containsExactly(new Ended(
                        first.handle().text(), Ending.EVICTED, evicting.twin().now()));
    }

    @Test
    void refusesOneMoreAndWritesNothing() {
        LiveSession first = next(refusing);
        LiveSession second = next(refusing);
        int before = refusing.cache().writes();

        assertThat(refusing.tryToBegin("ann")).isEmpty();

        assertThat(refusing.cache().writes()).isEqualTo(before);
        assertThat(handles(refusing)).containsExactly(second.handle(), first.handle());
        assertThat(refusing.events(Refused.class))
                .containsExactly(new Refused("ann", refusing.twin().now()));
        assertThat(refusing.tryToBegin("bob")).isPresent();
    }

    @Test
    void letsOneMoreInWhenAnotherIsOver() {
        LiveSession first = next(refusing);
        next(refusing);
        refusing.end(first.token());

        assertThat(refusing.tryToBegin("ann")).isPresent();
        refusing.twin().pass(TestSessions.IDLE);
        assertThat(refusing.tryToBegin("ann")).isPresent();
    }

    @Test
    void losesNothingWhenTheNewSessionHasToGiveWay() {
        TestSessions single = new TestSessions("shop", TestSessions.limitedTo(1, EVICT_OLDEST));
        LiveSession bobs = single.begin("bob");
        single.cache().beforeNextWrite(() -> next(single));

        Optional<LiveSession> refused = single.keeper()
                .begin(new SignInRequest(TestSessions.user("ann"), false, Optional.of(bobs.token()), draft -> {}));

        assertThat(refused).isEmpty();
        single.live(bobs.token());
    }

    @Test
    @Tag("G11")
    void losesNothingWhenASignInFailsAndGivesItsPlaceBack() {
        LiveSession bobs = refusing.begin("bob");
        next(refusing);
        SessionKeeper failing =
                refusing.onANodeThatTells(event -> refusing.twin().setBroken(event instanceof SessionEvent.Created));

        assertThatThrownBy(() -> failing.begin(
                        new SignInRequest(TestSessions.user("ann"), false, Optional.of(bobs.token()), draft -> {})))
                .isInstanceOf(PosternException.class);
        refusing.twin().setBroken(false);

        refusing.live(bobs.token());
        assertThat(handles(refusing)).hasSize(2);
        assertThat(refusing.tryToBegin("ann")).isEmpty();
        assertThat(failing.endingRetrier("test").retry()).isTrue();
        assertThat(refusing.tryToBegin("ann")).isPresent();
    }

    @Test
    void countsASessionOnceThoughItsUserSignsInAgain() {
        LiveSession first = next(refusing);
        next(refusing);

        LiveSession again = refusing.beginOver(first.token(), "ann");

        assertThat(again.handle()).isEqualTo(first.handle());
    }

    @Test
    void evictsTheSameOneWhicheverOfTwoRacersLooksLast() {
        LiveSession oldest = next(evicting);
        List<LiveSession> racer = new ArrayList<>();
        next(evicting);
        evicting.cache().beforeNextWrite(() -> racer.add(next(evicting)));

        LiveSession last = next(evicting);

        assertThat(handles(evicting)).hasSize(2);
        assertThat(handles(evicting)).doesNotContain(oldest.handle());
        assertThat(handles(evicting)).isSubsetOf(last.handle(), racer.get(0).handle());
    }

    @Test
    void letsOneOfTwoInThatRaceForTheLastPlace() {
        next(refusing);
        List<Optional<LiveSession>> racer = new ArrayList<>();
        refusing.cache().beforeNextWrite(() -> racer.add(refusing.tryToBegin("ann")));

        Optional<LiveSession> last = refusing.tryToBegin("ann");

        assertThat(handles(refusing)).hasSize(2);
        assertThat(refusing.events(Ended.class)).hasSize(1);
        LiveSession winner = last.or(() -> racer.get(0)).orElseThrow();
        assertThat(handles(refusing)).as("whoever was let in last").contains(winner.handle());
    }

    @Test
    void ofTwoInThatRaceTheOneStaysThatBeganFirst() {
        LiveSession first = next(refusing);
        refusing.twin().pass(TICK);
        List<LiveSession> racer = new ArrayList<>();
        refusing.cache().beforeNextWrite(() -> racer.add(next(refusing)));

        Optional<LiveSession> earlier = refusing.tryToBegin("ann");

        assertThat(handles(refusing)).containsExactly(earlier.orElseThrow().handle(), first.handle());
        assertThat(refusing.resume(racer.get(0).token())).isEqualTo(new ResumeResult.Over(Ending.EVICTED));
    }

    private static LiveSession next(TestSessions sessions) {
        sessions.twin().pass(TICK);
        return sessions.tryToBegin("ann").orElseThrow();
    }

    private static List<Handle> handles(TestSessions sessions) {
        return sessions.keeper().userSessions().of("ann").stream()
                .map(ListedSession::handle)
                .toList();
    }
}
