package dev.postern.session.listing;

import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static dev.postern.session.TestSessions.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Handle;
import dev.postern.testing.PassingCache;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Listing the sessions of a user, and ending one, the others, or all. */
class UserSessionsTest {

    private final TestSessions sessions = new TestSessions();
    private final UserSessions userSessions = sessions.keeper().userSessions();

    @Test
    @Tag("P-20")
    @Tag("P-36")
    @Tag("S-16")
    void listsTheLivingSessionsOfTheUserNewestFirst() {
        LiveSession first = sessions.begin("ann");
        sessions.begin("bob");
        sessions.twin().pass(TICK);
        LiveSession second = sessions.begin("ann");

        assertThat(handles("ann")).containsExactly(second.handle(), first.handle());
        assertThat(handles("nobody")).isEmpty();
    }

    @Test
    @Tag("B1")
    void listsPageByPageWhateverHappensMeanwhile() {
        List<Handle> begun = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            begun.add(0, sessions.begin("ann").handle());
            sessions.twin().pass(TICK);
        }

        UserSessions.Page first = userSessions.page("ann", Optional.empty(), 3);
        assertThat(handles(first)).isEqualTo(begun.subList(0, 3));
        userSessions.end("ann", begun.get(2));
        sessions.begin("ann");
        UserSessions.Page second = userSessions.page("ann", first.next(), 3);
        assertThat(handles(second)).isEqualTo(begun.subList(3, 6));
        UserSessions.Page third = userSessions.page("ann", second.next(), 3);
        assertThat(handles(third)).isEqualTo(begun.subList(6, 7));
        assertThat(third.next()).isEmpty();
        assertThat(userSessions.page("ann", Optional.empty(), 1).sessions()).hasSize(1);
        assertThat(userSessions.page("ann", Optional.empty(), 7).next()).isEmpty();
    }

    @Test
    @Tag("B1")
    void pageHasABoundAndBeginsBehindAnother() {
        assertThatThrownBy(() -> userSessions.page("ann", Optional.empty(), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> userSessions.page("ann", Optional.empty(), 101))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> userSessions.page("ann", Optional.of("x"), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** More than are read at once, and all from the same moment. */
    @Test
    @Tag("B1")
    void listsTheNewestOfManyAndEndsAll() {
        Set<Handle> begun = new HashSet<>();
        for (int i = 0; i < 3 * UnitOfWork.BATCH; i++) {
            begun.add(sessions.begin("ann").handle());
        }

        assertThat(userSessions.of("ann")).hasSize(100);
        Set<Handle> listed = new HashSet<>();
        UserSessions.Page page = userSessions.page("ann", Optional.empty(), 100);
        listed.addAll(handles(page));
        while (page.next().isPresent()) {
            page = userSessions.page("ann", page.next(), 100);
            assertThat(listed).doesNotContainAnyElementsOf(handles(page));
            listed.addAll(handles(page));
        }
        assertThat(listed).isEqualTo(begun);
        Handle kept = begun.iterator().next();
        assertThat(userSessions.endOthers("ann", kept)).isTrue();
        assertThat(handles("ann")).containsExactly(kept);
        userSessions.endAll("ann");
        assertThat(handles("ann")).isEmpty();
        assertThat(sessions.events(SessionEvent.Ended.class)).hasSize(begun.size());
    }

    /** A call of the grid that returns many rows keeps others waiting. */
    @Test
    @Tag("B1")
    void endsAllWithoutReadingMoreThan250RowsAtOnce() {
        List<Integer> sizes = new ArrayList<>();
        UserSessions counted = over(new PassingCache(sessions.twin()) {
            @Override
            public Set<RowKey> keysOf(Handle user, Deadline deadline) {
                return sessions.twin().keysOf(user, deadline);
            }

            @Override
            public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
                return noted(super.rowsOf(user, deadline));
            }

            @Override
            public Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
                return noted(super.readAll(keys, deadline));
            }

            private Map<RowKey, byte[]> noted(Map<RowKey, byte[]> rows) {
                sizes.add(rows.size());
                return rows;
            }
        });
        for (int i = 0; i < UnitOfWork.BATCH; i++) {
            sessions.begin("ann");
        }

        counted.endAll("ann"); // the epoch is one more row

        assertThat(sizes).containsExactly(UnitOfWork.BATCH, 1);
        assertThat(counted.of("ann")).isEmpty();
    }

    /** Sessions that begin now count, so the clock must not show an earlier time. */
    @Test
    void returnsWhenTheClockShowsTheTimeFromWhichNewSessionsCount() {
        AtomicInteger ticks = new AtomicInteger();
        sessions.begin("ann");
        UserSessions ticking = over(new PassingCache(sessions.twin()) {
            @Override
            public Instant now() {
                return super.now().plus(TICK.multipliedBy(ticks.incrementAndGet()));
            }
        });

        ticking.endAll("ann");

        Instant shown = START.plus(TICK.multipliedBy(ticks.get()));
        assertThat(shown).isAfterOrEqualTo(epoch().notBefore());
    }

    private SessionRow.Epoch epoch() {
        RowKey key = RowKey.epoch(sessions.mint().userHandle("ann"));
        return UnitOfWork.epoch(key, sessions.rows(sessions.twin()).unitOfWork().find(key));
    }

    private UserSessions over(PassingCache cache) {
        return new SessionKeeper(
                        sessions.rows(cache), sessions.mint(), TestRows.LIMITS, new EventPublisher(event -> {}))
                .userSessions();
    }

    @Test
    @Tag("B1")
    void isListedForOneAtATime() throws Exception {
        sessions.begin("ann");
        CountDownLatch listing = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        UserSessions slow = new SessionKeeper(
                        sessions.rows(new PassingCache(sessions.twin()) {
                            @Override
                            public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
                                listing.countDown();
                                await(seen);
                                return super.rowsOf(user, deadline);
                            }
                        }),
                        sessions.mint(),
                        TestRows.LIMITS,
                        new EventPublisher(event -> {}))
                .userSessions();
        CompletableFuture<List<ListedSession>> first = CompletableFuture.supplyAsync(() -> slow.of("ann"));
        await(listing);

        assertThatThrownBy(() -> slow.of("ann")).isInstanceOf(Bulkhead.BusyException.class);
        seen.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS)).hasSize(1);
        assertThat(slow.of("ann")).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Handle> handles(UserSessions.Page page) {
        return page.sessions().stream().map(ListedSession::handle).toList();
    }

    @Test
    @Tag("X-20")
    @Tag("P-28")
    @Tag("P-37")
    @Tag("P-117")
    void listsNothingThatIsOver() {
        LiveSession ended = sessions.begin("ann");
        LiveSession idle = sessions.begin("ann");
        LiveSession remembered = sessions.remember("ann");
        sessions.end(ended.token());

        assertThat(handles("ann")).containsExactlyInAnyOrder(idle.handle(), remembered.handle());
        sessions.twin().pass(TestSessions.IDLE);
        assertThat(handles("ann")).containsExactly(remembered.handle());
    }

    @Test
    @Tag("P-38")
    void listsNoRowThatCannotBeRead() {
        LiveSession spoilt = sessions.begin("ann");
        LiveSession other = sessions.begin("ann");
        sessions.spoil(spoilt.token(), new byte[] {9});

        assertThat(handles("ann")).containsExactly(other.handle());
    }

    @Test
    @Tag("S-16")
    @Tag("P-20")
    void endsOneAndLeavesTheRest() {
        LiveSession one = sessions.begin("ann");
        LiveSession two = sessions.begin("ann");

        assertThat(userSessions.end("ann", one.handle())).isTrue();

        assertThat(sessions.resume(one.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        sessions.live(two.token());
        assertThat(userSessions.end("ann", one.handle())).as("once more").isFalse();
    }

    @Test
    @Tag("S-16")
    void endsNothingOfAnybodyElse() {
        LiveSession bobs = sessions.begin("bob");
        int before = sessions.cache().writes();

        assertThat(userSessions.end("ann", bobs.handle())).isFalse();

        sessions.live(bobs.token());
        assertThat(sessions.cache().writes()).isEqualTo(before);
    }

    @Test
    @Tag("P-89")
    @Tag("P-104")
    @Tag("P-108")
    @Tag("S-11")
    @Tag("V-20")
    @Tag("X-14")
    @Tag("X-15")
    @Tag("S-03")
    void endsAllSessionsOfAUserRememberedOnesIncluded() {
        LiveSession ordinary = sessions.begin("ann");
        LiveSession remembered = sessions.remember("ann");
        LiveSession bobs = sessions.begin("bob");

        userSessions.endAll("ann");

        assertThat(sessions.resume(ordinary.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        assertThat(sessions.resume(remembered.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        sessions.live(bobs.token());
        assertThat(handles("ann")).isEmpty();
        assertThat(sessions.events(SessionEvent.Ended.class))
                .extracting(SessionEvent.Ended::reason)
                .containsExactly(Ending.REVOKED, Ending.REVOKED);
    }

    @Test
    @Tag("I14")
    @Tag("H-14")
    void endsASessionThatNobodyCouldSeeAtItsNextTouch() {
        LiveSession hidden = sessions.begin("ann");
        sessions.cache().hide(RowKey.of(hidden.token()));

        userSessions.endAll("ann");
        assertThat(sessions.row(hidden.token())).get().isInstanceOf(SessionRow.Active.class);

        sessions.twin().pass(TOUCH);
        assertThat(sessions.resume(hidden.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
    }

    @Test
    void letsTheUserSignInAgainInTheSameMoment() {
        LiveSession before = sessions.begin("ann");
        userSessions.endAll("ann");

        LiveSession after = sessions.beginOver(before.token(), "ann");

        assertThat(after.handle()).isNotEqualTo(before.handle());
        sessions.twin().pass(TOUCH);
        sessions.live(after.token());
        assertThat(handles("ann")).containsExactly(after.handle());
    }

    @Test
    @Tag("H-15")
    void neverPutsAnEpochBack() {
        LiveSession begun = sessions.begin("ann");
        sessions.createEpoch(begun.token(), START.plus(TOUCH));

        userSessions.endAll("ann");

        sessions.twin().pass(TOUCH.minus(TICK));
        assertThat(sessions.begin("ann").row().times().created())
                .isEqualTo(START.plus(TOUCH).plus(TICK));
    }

    @Test
    @Tag("S-12")
    @Tag("X-15")
    void endsTheOthersAndKeepsTheOneThatAsks() {
        LiveSession mine = sessions.begin("ann");
        LiveSession other = sessions.begin("ann");
        LiveSession hidden = sessions.begin("ann");
        sessions.cache().hide(RowKey.of(hidden.token()));

        assertThat(userSessions.endOthers("ann", mine.handle())).isTrue();

        assertThat(sessions.resume(other.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        sessions.twin().pass(TOUCH);
        sessions.live(mine.token());
        assertThat(sessions.resume(hidden.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        assertThat(handles("ann")).containsExactly(mine.handle());
    }

    @Test
    void endsNothingWhenTheOneToKeepIsOver() {
        LiveSession mine = sessions.begin("ann");
        LiveSession other = sessions.begin("ann");
        sessions.end(mine.token());

        assertThat(userSessions.endOthers("ann", mine.handle())).isFalse();

        sessions.live(other.token());
    }

    @Test
    @Tag("H-05")
    void keepsTheOneThatAsksThoughItIsUsedMeanwhile() {
        LiveSession mine = sessions.begin("ann");
        sessions.twin().pass(TOUCH);
        sessions.cache().beforeNextWrite(() -> sessions.live(mine.token()));

        assertThat(userSessions.endOthers("ann", mine.handle())).isTrue();

        sessions.live(mine.token());
    }

    @Test
    @Tag("G11")
    @Tag("I15")
    void tellsOfThoseThatWereEndedThoughOthersWereNot() {
        for (int i = 0; i < 3; i++) {
            sessions.begin("ann");
        }
        AtomicInteger writes = new AtomicInteger();
        sessions.cache().beforeEveryWrite(() -> sessions.twin().setBroken(writes.incrementAndGet() == 4));

        assertThatThrownBy(() -> userSessions.endAll("ann")).isInstanceOf(PosternException.class);

        assertThat(sessions.events(SessionEvent.Ended.class))
                .as("the epoch was the first write")
                .hasSize(2);
        assertThat(sessions.keeper().endingRetrier("test").retry()).isFalse();
        sessions.twin().setBroken(false);
        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();
        assertThat(sessions.events(SessionEvent.Ended.class)).hasSize(3);
    }

    @Test
    @Tag("G11")
    void throwsWhenTheGridIsBroken() {
        LiveSession mine = sessions.begin("ann");
        sessions.twin().setBroken(true);

        assertThatThrownBy(() -> userSessions.of("ann")).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> userSessions.end("ann", mine.handle())).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> userSessions.endAll("ann")).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> userSessions.endOthers("ann", mine.handle())).isInstanceOf(PosternException.class);
    }

    @Test
    @Tag("I14")
    @Tag("H-15")
    void doesNotSpareWhatHadBeenEndedBefore() {
        LiveSession mine = sessions.begin("ann");
        sessions.cache().hide(RowKey.of(mine.token()));
        sessions.cache()
                .beforeNextWrite(() -> sessions.onAnotherNode().userSessions().endAll("ann"));

        userSessions.endOthers("ann", mine.handle());

        sessions.twin().pass(TOUCH);
        assertThat(sessions.resume(mine.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
    }

    private List<Handle> handles(String user) {
        return userSessions.of(user).stream().map(ListedSession::handle).toList();
    }

    @Test
    @Tag("S-11")
    void endsTheOneThatWasKeptWhenAllAreEndedLater() {
        LiveSession mine = sessions.begin("ann");
        userSessions.endOthers("ann", mine.handle());
        sessions.cache().hide(RowKey.of(mine.token()));

        userSessions.endAll("ann");

        sessions.twin().pass(TOUCH);
        assertThat(sessions.resume(mine.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
    }

    @Test
    @Tag("S-12")
    void endsBothOfTwoThatEndEachOther() {
        LiveSession one = sessions.begin("ann");
        LiveSession two = sessions.begin("ann");
        UserSessions elsewhere = sessions.onAnotherNode().userSessions();
        sessions.cache().beforeNextWrite(() -> elsewhere.endOthers("ann", two.handle()));

        userSessions.endOthers("ann", one.handle());

        sessions.twin().pass(TOUCH);
        assertThat(handles("ann")).isEmpty();
        assertThat(sessions.resume(one.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        assertThat(sessions.resume(two.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
    }

    @Test
    @Tag("H-05")
    void endsWhatIsUsedWhileAllAreEnded() {
        LiveSession used = sessions.begin("ann");
        LiveSession other = sessions.begin("ann");
        sessions.twin().pass(TOUCH);
        AtomicInteger uses = new AtomicInteger();
        sessions.cache().beforeEveryWrite(() -> {
            if (uses.incrementAndGet() > 1) {
                sessions.resume(used.token());
            }
        });

        userSessions.endAll("ann");

        assertThat(uses).hasValueGreaterThan(2);
        assertThat(sessions.row(used.token())).containsInstanceOf(SessionRow.Revoked.class);
        assertThat(sessions.row(other.token())).containsInstanceOf(SessionRow.Revoked.class);
        assertThat(sessions.resume(used.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        assertThat(sessions.resume(other.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
    }

    @Test
    @Tag("P-104")
    void failsWhereTheEpochCannotBeRead() {
        LiveSession begun = sessions.begin("ann");
        sessions.createEpoch(begun.token(), START);
        byte[] epoch = sessions.twin()
                .read(RowKey.epoch(begun.token().user()), TestSessions.soon())
                .orElseThrow();
        sessions.twin().swap(RowKey.epoch(begun.token().user()), epoch, new byte[] {9}, TestSessions.soon());

        assertThatThrownBy(() -> userSessions.endOthers("ann", begun.handle())).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> userSessions.of("ann")).isInstanceOf(PosternException.class);
    }
}
