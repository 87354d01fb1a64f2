package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.PassingCache;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes back from the database, and when it is asked. */
class RowRestorerTest {

    private static final Instant AFTER_START = TestStores.START.plusSeconds(1);

    private final TestStores stores = new TestStores();
    private final RowKey key = stores.key();
    private final RowKey epoch = TestRows.epoch(key);
    private final Handle user = TestRows.user(key);

    /** A new node after all have stopped. */
    private DurableStore restarted() {
        stores.stopAll();
        List<String> unused = stores.database.calls();
        return stores.store();
    }

    private byte[] begun(RowKey session) {
        return stores.begun(stores.store(), session);
    }

    /** Ends all sessions of the user from before that time. */
    private void raise(Instant notBefore) {
        DurableStore store = stores.store();
        Optional<byte[]> seen = store.cache().read(epoch, TestStores.soon());
        assertThat(store.cache().swap(epoch, seen.orElseThrow(), stores.epoch(epoch, notBefore), TestStores.soon()))
                .isTrue();
    }

    private static Optional<byte[]> read(DurableStore store, RowKey row) {
        return store.cache().read(row, TestStores.soon());
    }

    @Test
    void sessionComesBackIntoTheGridAndIsReadThereFromThenOn() {
        byte[] row = begun(key);
        DurableStore store = restarted();

        assertThat(read(store, key)).contains(row);
        assertThat(stores.database.calls()).containsExactly("read 2");
        assertThat(store.metrics().restored()).isEqualTo(1);
        assertThat(store.metrics().lookups()).isEqualTo(1);

        assertThat(read(store, key)).contains(row);
        assertThat(read(stores.store(), key)).contains(row);
        assertThat(read(store, epoch)).isPresent();
        assertThat(stores.database.calls()).isEmpty();
        assertThat(stores.grid().timeLeft(key)).contains(Duration.ofMinutes(40));
    }

    @Test
    void epochComesBackBeforeTheSession() {
        begun(key);
        stores.stopAll();
        List<RowKey> created = new ArrayList<>();
        DurableStore store = stores.store(new PassingCache(stores.grid()) {
            @Override
            public boolean create(RowKey row, byte[] bytes, Deadline deadline) {
                created.add(row);
                return super.create(row, bytes, deadline);
            }
        });

        assertThat(read(store, key)).isPresent();

        assertThat(created).containsExactly(epoch, key);
    }

    @Test
    void sessionThatItsEpochEndsComesBackAsATombstoneAlsoInTheDatabase() {
        begun(key);
        raise(AFTER_START);
        DurableStore store = restarted();

        assertThat(read(store, key)).isPresent();

        assertThat(stores.inGrid(key))
                .isEqualTo(new Revoked(AFTER_START, Ending.REVOKED, TestStores.START.plus(Duration.ofHours(12))));
        assertThat(stores.inGrid(epoch)).isEqualTo(new Epoch(AFTER_START, Optional.empty()));
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
    }

    @Test
    void epochOfTheGridCountsToo() {
        begun(key);
        DurableStore store = restarted();
        assertThat(stores.grid().create(epoch, stores.epoch(epoch, AFTER_START), TestStores.soon()))
                .isTrue();

        assertThat(read(store, key)).isPresent();

        assertThat(stores.inGrid(key)).isInstanceOf(Revoked.class);
    }

    @Test
    void tombstoneComesBack() {
        byte[] row = begun(key);
        assertThat(stores.store().cache().swap(key, row, stores.over(key), TestStores.soon()))
                .isTrue();
        DurableStore store = restarted();

        assertThat(read(store, key)).isPresent();

        assertThat(stores.inGrid(key)).isInstanceOf(Revoked.class);
        assertThat(store.cache().swap(key, read(store, key).orElseThrow(), stores.over(key), TestStores.soon()))
                .isTrue();
    }

    @Test
    void rowThatTheGridHasByNowStays() {
        begun(key);
        DurableStore store = restarted();
        byte[] touched = stores.live(key, AFTER_START);
        stores.database.beforeEachCall(call -> {
            stores.database.beforeEachCall(any -> {});
            assertThat(stores.grid().create(key, touched, TestStores.soon())).isTrue();
        });

        assertThat(read(store, key)).contains(touched);

        assertThat(stores.grid().read(key, TestStores.soon())).contains(touched);
    }

    /** A node that knew the session ended it, and the grid has lost that since. */
    @Test
    void sessionThatWasEndedBetweenTheLookAtTheDatabaseAndASlowWriteIsOver() {
        begun(key);
        stores.stopAll();
        DurableStore store = stores.store(endingBeforeCreate(() -> stores.database.end(
                List.of(new DurabilityRule(stores.lifetimes)
                        .tombstone(key, Optional.empty(), stores.over(key), TestStores.START)),
                TestStores.soon())));

        assertThat(stores.decoded(key, read(store, key).orElseThrow())).isInstanceOf(Revoked.class);

        assertThat(stores.inGrid(key)).isInstanceOf(Revoked.class);
    }

    @Test
    void soIsOneWhoseUserWasSignedOutEverywhereInBetween() {
        begun(key);
        stores.stopAll();
        DurableRow raised = new DurabilityRule(stores.lifetimes)
                .row(epoch, stores.epoch(epoch, AFTER_START), TestStores.START)
                .orElseThrow();
        DurableStore store = stores.store(
                endingBeforeCreate(() -> stores.database.merge(raised, (one, two) -> two, TestStores.soon())));

        assertThat(stores.decoded(key, read(store, key).orElseThrow())).isInstanceOf(Revoked.class);

        assertThat(stores.inGrid(key)).isInstanceOf(Revoked.class);
        assertThat(stores.inGrid(epoch)).isEqualTo(new Epoch(AFTER_START, Optional.empty()));
    }

    private PassingCache endingBeforeCreate(Runnable action) {
        return new PassingCache(stores.grid()) {
            @Override
            public boolean create(RowKey row, byte[] bytes, Deadline deadline) {
                if (row.equals(key)) {
                    action.run();
                    stores.grid().pass(Duration.ofMillis(1001));
                }
                return super.create(row, bytes, deadline);
            }
        };
    }

    @Test
    void userWithoutAnEpochIsLookedUpOnce() {
        DurableStore store = stores.store();

        assertThat(stores.decoded(epoch, read(store, epoch).orElseThrow())).isEqualTo(Epoch.NONE);
        assertThat(stores.database.calls()).containsExactly("read 1");
        assertThat(stores.grid().timeLeft(epoch)).contains(stores.lifetimes.mapDefault());

        assertThat(read(stores.store(), epoch)).isPresent();
        assertThat(stores.database.calls()).isEmpty();
        assertThat(stores.database.size()).isZero();
    }

    /** A sign-in asks for the epoch, and then for all sessions. */
    @Test
    void sessionsComeBackWithTheEpochOfTheirUser() {
        byte[] row = begun(key);
        DurableStore store = restarted();

        assertThat(store.cache().readEpochBeforeRows(user, TestStores.soon())).isPresent();

        assertThat(stores.grid().read(key, TestStores.soon())).contains(row);
        assertThat(store.cache().keysOf(user, TestStores.soon())).containsOnly(epoch, key);
        assertThat(stores.database.calls()).containsExactly("rowsOf");
    }

    @Test
    void epochOfAUserWithManySessionsComesBackAlone() {
        DurableStore before = stores.store();
        for (int i = 0; i < 251; i++) {
            RowKey sibling = TestRows.sibling(key);
            assertThat(before.cache().create(sibling, stores.live(sibling), TestStores.soon()))
                    .isTrue();
        }
        assertThat(TestStores.flush(before)).isTrue();
        DurableStore store = restarted();

        assertThat(store.cache().readEpochBeforeRows(user, TestStores.soon())).isPresent();

        assertThat(store.metrics().restored()).isZero();
    }

    /** It reads one session, and has no time to put all others back. */
    @Test
    void epochComesBackAloneForAnOrdinaryRequest() {
        begun(key);
        raise(TestStores.START.minusSeconds(9));
        DurableStore store = restarted();

        assertThat(stores.decoded(epoch, read(store, epoch).orElseThrow()))
                .isEqualTo(new Epoch(TestStores.START.minusSeconds(9), Optional.empty()));

        assertThat(stores.database.calls()).containsExactly("read 1");
        assertThat(stores.grid().read(key, TestStores.soon())).isEmpty();
        assertThat(store.cache().keysOf(user, TestStores.soon())).containsOnly(epoch, key);
        assertThat(stores.database.calls()).containsExactly("rowsOf");
    }

    @Test
    void sessionThatAnEpochEndsLeavesSomethingInTheHistory() {
        begun(key);
        raise(AFTER_START);
        DurableStore store = restarted();

        assertThat(read(store, key)).isPresent();
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.database.row(key).orElseThrow().past())
                .map(PastSession::begun)
                .contains(TestStores.START);
    }

    /** A node that stood still may have missed that the grid has lost an epoch. */
    @Test
    void absentEpochIsLookedUpAgainIfThatTookLong() {
        DurableRow raised = new DurabilityRule(stores.lifetimes)
                .row(epoch, stores.epoch(epoch, AFTER_START), TestStores.START)
                .orElseThrow();
        DurableStore store = stores.store(new PassingCache(stores.grid()) {
            @Override
            public boolean create(RowKey row, byte[] bytes, Deadline deadline) {
                stores.database.merge(raised, (one, two) -> two, deadline);
                stores.grid().pass(Duration.ofMillis(1001));
                return super.create(row, bytes, deadline);
            }
        });

        assertThat(stores.decoded(epoch, read(store, epoch).orElseThrow()))
                .isEqualTo(new Epoch(AFTER_START, Optional.empty()));

        assertThat(stores.inGrid(epoch)).isEqualTo(new Epoch(AFTER_START, Optional.empty()));
    }

    @Test
    void absentSessionStaysAbsent() {
        DurableStore store = stores.store();

        assertThat(read(store, key)).isEmpty();

        assertThat(stores.grid().read(epoch, TestStores.soon())).isEmpty();
    }

    /** The grid is read each time. */
    @Test
    void absentSessionThatComesIntoTheGridIsThereAtOnce() {
        DurableStore store = stores.store();
        assertThat(read(store, key)).isEmpty();
        byte[] row = stores.live(key);
        assertThat(stores.store().cache().create(key, row, TestStores.soon())).isTrue();

        assertThat(read(store, key)).contains(row);
    }

    @ParameterizedTest
    @CsvSource({"999, false", "1000, true"})
    void absentSessionThatComesIntoTheDatabaseAloneIsThereASecondLater(int millis, boolean isThere) {
        DurableStore store = stores.store();
        assertThat(read(store, key)).isEmpty();
        begun(key);
        stores.grid().lose(any -> true);

        stores.grid().pass(Duration.ofMillis(millis));

        assertThat(read(store, key).isPresent()).isEqualTo(isThere);
    }

    /** Another node may have ended it meanwhile. */
    @Test
    void nameAtAProviderIsNeverRememberedAsAbsent() {
        RowKey name = RowKey.provider(user);
        DurableStore store = stores.store();
        assertThat(read(store, name)).isEmpty();
        byte[] named = stores.codec.encode(name, ProviderName.UNKNOWN.endedAt(AFTER_START));
        assertThat(stores.store().cache().create(name, named, TestStores.soon()))
                .isTrue();
        stores.grid().lose(any -> true);

        assertThat(read(store, name)).contains(named);
        assertThat(stores.database.calls()).containsOnlyOnce("merge").endsWith("read 1");
    }

    @Test
    void onlyRowsThatTheDatabaseMayHaveAreLookedUp() {
        DurableStore store = stores.store();

        assertThat(read(store, new RowKey("half.AAAAAAAAAAAAAAAAAAAAAA"))).isEmpty();
        assertThat(read(store, RowKey.providerToken(user))).isEmpty();
        assertThat(store.cache().readAll(List.of(RowKey.providerToken(user)), TestStores.soon()))
                .isEmpty();

        assertThat(stores.database.calls()).isEmpty();
    }

    @Test
    void unreadableSessionIsAbsentAndOneLineSaysSo() {
        begun(key);
        stores.database.spoil(key, new byte[] {2, 9, 9, 9});
        DurableStore store = restarted();

        try (CapturedLog log = CapturedLog.of(DurableStore.class.getName())) {
            assertThat(read(store, key)).isEmpty();
            assertThat(read(store, key)).isEmpty();

            assertThat(log.records())
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMessage()).contains(key.text()));
        }
        assertThat(stores.grid().read(key, TestStores.soon())).isEmpty();
    }

    @Test
    void rowOfAnotherSessionIsNone() {
        begun(key);
        RowKey sibling = TestRows.sibling(key);
        byte[] others = begun(sibling);
        stores.database.spoil(key, others);

        assertThat(read(restarted(), key)).isEmpty();
    }

    @Test
    void unreadableEpochAndNameComeBackAsTheyAre() {
        RowKey name = RowKey.provider(user);
        DurableStore before = stores.store();
        assertThat(before.cache().create(epoch, stores.epoch(epoch, AFTER_START), TestStores.soon()))
                .isTrue();
        byte[] named = stores.codec.encode(name, ProviderName.UNKNOWN.endedAt(AFTER_START));
        assertThat(before.cache().create(name, named, TestStores.soon())).isTrue();
        stores.database.spoil(epoch, new byte[] {7});
        stores.database.spoil(name, new byte[] {8});
        DurableStore store = restarted();

        assertThat(read(store, epoch)).contains(new byte[] {7});
        assertThat(read(store, name)).contains(new byte[] {8});
        assertThat(stores.grid().read(epoch, TestStores.soon())).contains(new byte[] {7});
        assertThat(store.cache().swap(epoch, new byte[] {7}, stores.epoch(epoch, AFTER_START), TestStores.soon()))
                .isTrue();
        assertThat(stores.inDatabase(epoch)).isEqualTo(new Epoch(AFTER_START, Optional.empty()));
    }

    @Test
    void databaseThatDoesNotAnswerIsNeitherAnAbsentNorAPresentRow() {
        byte[] row = begun(key);
        DurableStore store = restarted();
        RowKey known = TestRows.key();
        byte[] there = stores.begun(store, known);
        stores.database.setBroken(true);

        assertThatThrownBy(() -> read(store, key)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> read(store, epoch)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> store.cache().rowsOf(user, TestStores.soon())).isInstanceOf(PosternException.class);
        assertThat(read(store, known)).contains(there);
        assertThat(store.cache().swap(known, there, stores.live(known), TestStores.soon()))
                .isTrue();

        stores.database.setBroken(false);
        assertThat(read(store, key)).contains(row);
    }

    @Test
    void manyRowsAreReadWithOneCall() {
        Map<RowKey, byte[]> rows = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            RowKey sibling = TestRows.sibling(key);
            rows.put(sibling, begun(sibling));
        }
        DurableStore store = restarted();

        Map<RowKey, byte[]> found = store.cache().readAll(rows.keySet(), TestStores.soon());

        assertThat(stores.database.calls()).containsExactly("read 21");
        assertThat(found).containsExactlyInAnyOrderEntriesOf(rows);
        rows.forEach((one, row) ->
                assertThat(stores.grid().read(one, TestStores.soon())).contains(row));
    }

    @Test
    void listOfAUserHasTheSessionsThatNoNodeHasTouchedSince() {
        byte[] row = begun(key);
        RowKey over = TestRows.sibling(key);
        byte[] begunOver = begun(over);
        assertThat(stores.store().cache().swap(over, begunOver, stores.over(over), TestStores.soon()))
                .isTrue();
        RowKey unreadable = TestRows.sibling(key);
        begun(unreadable);
        stores.database.spoil(unreadable, new byte[3]);
        DurableStore store = restarted();
        RowKey begunSince = TestRows.sibling(key);
        byte[] since = stores.begun(store, begunSince);
        List<String> unused = stores.database.calls();

        Map<RowKey, byte[]> rows = store.cache().rowsOf(user, TestStores.soon());

        assertThat(rows).containsOnlyKeys(epoch, key, begunSince);
        assertThat(rows).containsEntry(key, row).containsEntry(begunSince, since);
        assertThat(stores.grid().read(key, TestStores.soon())).contains(row);
        assertThat(stores.database.calls()).containsExactly("rowsOf");
        assertThat(store.cache().keysOf(user, TestStores.soon())).isEqualTo(rows.keySet());
        assertThat(store.cache().rowsOf(user, TestStores.soon())).containsOnlyKeys(rows.keySet());
        assertThat(stores.database.calls()).isEmpty();
        assertThat(stores.store().cache().keysOf(user, TestStores.soon())).isEqualTo(rows.keySet());
        assertThat(stores.database.calls()).containsExactly("rowsOf");
    }

    @Test
    void userOfWhomNothingIsKnownHasNoRows() {
        DurableStore store = stores.store();

        assertThat(store.cache().rowsOf(user, TestStores.soon())).isEmpty();
        assertThat(store.cache().keysOf(user, TestStores.soon())).isEmpty();
    }

    @Test
    void listIsReadAnewFromTheDatabaseIfTheGridHasLostItsRows() {
        byte[] row = begun(key);
        DurableStore store = stores.store();
        assertThat(store.cache().rowsOf(user, TestStores.soon())).containsKey(key);
        stores.grid().lose(any -> true);

        assertThat(store.cache().keysOf(user, TestStores.soon())).contains(key);

        stores.grid().lose(any -> true);
        assertThat(store.cache().rowsOf(user, TestStores.soon())).containsEntry(key, row);
    }

    /** Hazelcast's own servers have restarted, and the epoch is the same as before. */
    @Test
    void soItIsIfTheEpochHasComeBackMeanwhile() {
        byte[] row = begun(key);
        raise(TestStores.START.minusSeconds(9));
        DurableStore store = stores.store();
        assertThat(store.cache().rowsOf(user, TestStores.soon())).containsKey(key);
        stores.grid().lose(any -> true);
        assertThat(read(store, epoch)).isPresent();

        assertThat(store.cache().keysOf(user, TestStores.soon())).contains(key);
        assertThat(store.cache().rowsOf(user, TestStores.soon())).containsEntry(key, row);
    }

    @Test
    void keysOfManySessionsAreListedWithoutPuttingThemBack() {
        Set<RowKey> keys = new HashSet<>();
        DurableStore before = stores.store();
        for (int i = 0; i < 251; i++) {
            RowKey sibling = TestRows.sibling(key);
            keys.add(sibling);
            assertThat(before.cache().create(sibling, stores.live(sibling), TestStores.soon()))
                    .isTrue();
        }
        assertThat(TestStores.flush(before)).isTrue();
        DurableStore store = restarted();

        assertThat(store.cache().keysOf(user, TestStores.soon())).containsAll(keys);
        assertThat(store.metrics().restored()).isZero();
        assertThat(store.cache().readAll(keys, TestStores.soon())).containsOnlyKeys(keys);
        assertThat(store.metrics().restored()).isEqualTo(251);
    }

    @Test
    void databaseThatDoesNotAnswerGetsOneLookupAtATime() throws Exception {
        begun(key);
        DurableStore store = restarted();
        stores.database.setBroken(true);
        assertThatThrownBy(() -> read(store, key)).hasMessageContaining("broken");
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        stores.database.beforeEachCall(call -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stores.database.setBroken(false);
        Thread slow = new Thread(() -> read(store, key));
        slow.start();
        asked.await();

        assertThatThrownBy(() -> read(store, TestRows.key())).hasMessage("The store does not answer.");

        answer.countDown();
        slow.join();
        assertThat(read(store, TestRows.key())).isEmpty();
        assertThat(stores.inGrid(key)).isInstanceOf(Active.class);
    }

    /** The grid has its own time. */
    @Test
    void waitForTheDatabaseExtendsTheTimeForTheGrid() {
        begun(key);
        stores.stopAll();
        List<Long> left = new ArrayList<>();
        DurableStore store = stores.store(new PassingCache(stores.grid()) {
            @Override
            public boolean create(RowKey row, byte[] bytes, Deadline deadline) {
                left.add(deadline.nanosLeft());
                return super.create(row, bytes, deadline);
            }
        });
        stores.database.beforeEachCall(call -> stores.grid().pass(Duration.ofMinutes(1)));

        assertThat(store.cache().read(key, Deadline.in(Duration.ofSeconds(20)))).isPresent();

        assertThat(left).allMatch(nanos -> nanos > Duration.ofMinutes(1).toNanos());
        assertThat(store.cache().nanosBesideGrid())
                .isGreaterThanOrEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void listOfAllUsersHasTheRowsOfBothAndPutsNoneBack() {
        List<RowKey> keys = new ArrayList<>(TestRows.keys(12));
        keys.forEach(this::begun);
        stores.stopAll();
        DurableStore store = stores.store();
        RowKey first = keys.get(0);
        byte[] touched = stores.live(first, AFTER_START);
        assertThat(stores.grid().create(first, touched, TestStores.soon())).isTrue();
        List<RowKey> sorted = keys.stream().sorted().toList();

        SortedMap<RowKey, byte[]> all = store.cache().rowsBehind(RowKey.BEGINNING, 100, TestStores.soon());
        SortedMap<RowKey, byte[]> page = store.cache().rowsBehind(sorted.get(2), 5, TestStores.soon());

        assertThat(all.keySet()).containsExactlyElementsOf(sorted);
        assertThat(all).containsEntry(first, touched);
        assertThat(page.keySet()).containsExactlyElementsOf(sorted.subList(3, 8));
        assertThat(stores.grid()
                        .rowsBehind(RowKey.BEGINNING, 100, TestStores.soon())
                        .keySet())
                .isEqualTo(Set.of(first));
    }

    @Test
    void livingSessionIsStillOneAfterAll() {
        begun(key);

        assertThat(read(restarted(), key)).isPresent();

        assertThat(stores.inGrid(key)).isInstanceOf(Active.class);
    }
}
