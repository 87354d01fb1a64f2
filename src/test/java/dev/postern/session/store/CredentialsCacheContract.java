package dev.postern.session.store;

import static dev.postern.session.row.TestRows.LIFETIMES;
import static dev.postern.session.row.TestRows.live;
import static dev.postern.session.row.TestRows.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowFormat;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every promise of {@link CredentialsCache}. The test of each implementation extends this class. Where there are two
 * ways to the same rows, {@link #other()} is the second.
 */
public abstract class CredentialsCacheContract extends ManyRowsContract {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration TWO_WEEKS = Duration.ofDays(14);
    private static final Duration DAY = Duration.ofDays(1);

    @Override
    public CredentialsCache other() {
        return cache();
    }

    /** How long the cache will still keep the row; zero when there is none. */
    public abstract Duration timeLeft(RowKey key);

    @Test
    @Tag("P-47")
    void readsNothingWhereNothingWasWritten() {
        assertThat(cache().read(TestRows.key(), soon())).isEmpty();
    }

    @Test
    @Tag("P-47")
    @Tag("P-115")
    void readsBackWhatWasCreated() {
        RowKey key = TestRows.key();
        byte[] row = live(now(), HALF_AN_HOUR);

        assertThat(create(key, row)).isTrue();

        assertThat(read(cache(), key)).isEqualTo(row);
    }

    @Test
    void readsTheSameEpochBeforeTheRowsOfItsUser() {
        RowKey key = TestRows.key();
        RowKey epoch = TestRows.epoch(key);
        byte[] row = live(now(), HALF_AN_HOUR);
        create(epoch, row);

        assertThat(cache().readEpochBeforeRows(TestRows.user(key), soon())).contains(row);
    }

    @Test
    @Tag("P-25")
    @Tag("P-34")
    void createsOnlyOnce() {
        RowKey key = TestRows.key();
        byte[] first = live(now(), HALF_AN_HOUR);
        create(key, first);

        assertThat(create(key, live(now(), TWO_WEEKS))).isFalse();

        assertThat(read(cache(), key)).isEqualTo(first);
        assertTimeLeftIsThatOf(key, first);
    }

    @Test
    void refusesToCreateTheSameRowAgain() {
        RowKey key = TestRows.key();
        byte[] row = live(now(), HALF_AN_HOUR);
        create(key, row);

        assertThat(create(key, row)).isFalse();
    }

    @Test
    @Tag("P-47")
    void swapsTheRowThatWasSeen() {
        RowKey key = TestRows.key();
        byte[] first = live(now(), HALF_AN_HOUR);
        byte[] second = live(now(), HALF_AN_HOUR);
        create(key, first);

        assertThat(swap(key, first, second)).isTrue();

        assertThat(read(cache(), key)).isEqualTo(second);
    }

    @Test
    @Tag("P-25")
    @Tag("P-47")
    @Tag("X-18")
    void refusesToSwapARowThatHasChanged() {
        RowKey key = TestRows.key();
        byte[] first = live(now(), HALF_AN_HOUR);
        byte[] buried = tombstone(now(), DAY);
        create(key, first);
        swap(key, first, buried);

        assertThat(swap(key, first, live(now(), HALF_AN_HOUR))).isFalse();

        assertThat(read(cache(), key)).isEqualTo(buried);
        assertTimeLeftIsThatOf(key, buried);
    }

    @Test
    void comparesEveryByteOfTheRow() {
        RowKey key = TestRows.key();
        byte[] row = live(now(), HALF_AN_HOUR);
        byte[] lastByteDiffers = row.clone();
        lastByteDiffers[row.length - 1]++;
        create(key, row);

        assertThat(swap(key, Arrays.copyOf(row, row.length - 1), row)).isFalse();
        assertThat(swap(key, Arrays.copyOf(row, row.length + 1), row)).isFalse();
        assertThat(swap(key, lastByteDiffers, row)).isFalse();
        assertThat(swap(key, new byte[0], row)).isFalse();
    }

    @Test
    void neverCreatesByASwap() {
        RowKey key = TestRows.key();

        assertThat(swap(key, live(now(), HALF_AN_HOUR), live(now(), HALF_AN_HOUR)))
                .isFalse();

        assertThat(cache().read(key, soon())).isEmpty();
    }

    @Test
    void swapsARowForItself() {
        RowKey key = TestRows.key();
        byte[] row = live(now(), HALF_AN_HOUR);
        create(key, row);

        assertThat(swap(key, row, row)).isTrue();

        assertThat(read(cache(), key)).isEqualTo(row);
        assertTimeLeftIsThatOf(key, row);
    }

    @Test
    @Tag("P-28")
    @Tag("P-35")
    @Tag("P-119")
    void keepsACreatedRowAsLongAsItsBytesSay() {
        RowKey ordinary = TestRows.key();
        RowKey remembered = TestRows.key();
        RowKey ended = TestRows.key();
        byte[] short_ = live(now(), HALF_AN_HOUR);
        byte[] long_ = live(now(), TWO_WEEKS);
        byte[] buried = tombstone(now(), DAY);

        create(ordinary, short_);
        create(remembered, long_);
        create(ended, buried);

        assertTimeLeftIsThatOf(ordinary, short_);
        assertTimeLeftIsThatOf(remembered, long_);
        assertTimeLeftIsThatOf(ended, buried);
    }

    @Test
    void keepsASwappedRowAsLongAsItsBytesSay() {
        RowKey key = TestRows.key();
        byte[] live = live(now(), HALF_AN_HOUR);
        byte[] longer = live(now(), TWO_WEEKS);
        byte[] shorter = live(now(), HALF_AN_HOUR);
        byte[] buried = tombstone(now(), DAY);
        create(key, live);

        swap(key, live, longer);
        assertTimeLeftIsThatOf(key, longer);
        swap(key, longer, shorter);
        assertTimeLeftIsThatOf(key, shorter);
        swap(key, shorter, buried);
        assertTimeLeftIsThatOf(key, buried);
    }

    @Test
    @Tag("P-35")
    void neverKeepsARowForEver() {
        RowKey over = TestRows.key();
        RowKey unreadable = TestRows.key();
        byte[] longAgo = live(now().minus(TWO_WEEKS), HALF_AN_HOUR);
        byte[] noise = {42};

        create(over, longAgo);
        create(unreadable, noise);

        assertThat(timeLeft(over)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
        assertThat(timeLeft(unreadable)).isBetween(Duration.ofMinutes(1), LIFETIMES.mapDefault());
    }

    @Test
    @Tag("P-49")
    @Tag("P-115")
    @Tag("X-05")
    void keepsRowsApart() {
        RowKey key = TestRows.key();
        RowKey sibling = TestRows.sibling(key);
        RowKey epoch = TestRows.epoch(key);
        byte[] row = live(now(), HALF_AN_HOUR);
        byte[] second = live(now(), TWO_WEEKS);
        byte[] third = tombstone(now(), DAY);
        create(key, row);
        create(sibling, second);
        create(epoch, third);

        swap(sibling, second, tombstone(now(), DAY));

        assertThat(read(cache(), key)).isEqualTo(row);
        assertThat(read(cache(), epoch)).isEqualTo(third);
        assertTimeLeftIsThatOf(key, row);
    }

    @Test
    void keepsAnyBytes() {
        RowKey key = TestRows.key();
        byte[] empty = {};
        byte[] largest = new byte[RowFormat.MOST_BYTES];
        Arrays.fill(largest, (byte) -1);

        create(key, empty);
        assertThat(read(cache(), key)).isEmpty();
        assertThat(swap(key, empty, largest)).isTrue();
        assertThat(read(cache(), key)).isEqualTo(largest);
    }

    @Test
    void keepsTheBytesWhenTheCallerChangesItsArray() {
        RowKey key = TestRows.key();
        byte[] row = live(now(), HALF_AN_HOUR);
        byte[] given = row.clone();

        create(key, given);
        given[0]++;
        read(cache(), key)[0]++;

        assertThat(read(cache(), key)).isEqualTo(row);
    }

    @Test
    @Tag("P-40")
    @Tag("X-12")
    void showsAnAcknowledgedWriteToTheOtherNodeAtOnce() {
        for (int i = 0; i < 100; i++) {
            RowKey key = TestRows.key();
            byte[] row = live(now(), HALF_AN_HOUR);
            byte[] next = tombstone(now(), DAY);

            create(key, row);
            assertThat(read(other(), key)).isEqualTo(row);
            assertThat(other().swap(key, row, next, soon())).isTrue();
            assertThat(read(cache(), key)).isEqualTo(next);
        }
    }

    @Test
    @Tag("P-09")
    void letsOneOfManyRacingSwapsWin() {
        for (int round = 0; round < 20; round++) {
            RowKey key = TestRows.key();
            byte[] row = live(now(), HALF_AN_HOUR);
            create(key, row);
            List<byte[]> offers = offers();

            List<Integer> winners = race(offers, (node, offer) -> node.swap(key, row, offer, soon()));

            assertThat(winners).hasSize(1);
            byte[] winner = offers.get(winners.get(0));
            assertThat(read(cache(), key)).isEqualTo(winner);
            assertTimeLeftIsThatOf(key, winner);
        }
    }

    @Test
    @Tag("P-25")
    void letsOneOfManyRacingCreatesWin() {
        for (int round = 0; round < 20; round++) {
            RowKey key = TestRows.key();
            List<byte[]> offers = offers();

            List<Integer> winners = race(offers, (node, offer) -> node.create(key, offer, soon()));

            assertThat(winners).hasSize(1);
            assertThat(read(cache(), key)).isEqualTo(offers.get(winners.get(0)));
        }
    }

    /** I8, D21: beside any other writer, a tombstone that replaces a row keeps its own long time to live. */
    @Test
    @Tag("X-17")
    void keepsATombstoneItsTimeAgainstRacingTouches() {
        for (int round = 0; round < 20; round++) {
            RowKey key = TestRows.key();
            byte[] row = live(now(), HALF_AN_HOUR);
            byte[] buried = tombstone(now(), DAY);
            create(key, row);

            race(offers(), (node, offer) -> {
                if (!node.swap(key, row, offer, soon())) {
                    return false;
                }
                return other().swap(key, offer, buried, soon());
            });

            assertThat(read(cache(), key)).isEqualTo(buried);
            assertTimeLeftIsThatOf(key, buried);
        }
    }

    @Test
    void tellsTheTimeInMilliseconds() {
        Instant before = now();

        assertThat(before).isEqualTo(Instant.ofEpochMilli(before.toEpochMilli()));
        assertThat(other().now()).isBetween(before.minusSeconds(1), before.plusSeconds(5));
    }

    /** The row's time, less what the test itself has taken; rounding up to a second is allowed. */
    @Override
    protected void assertTimeLeftIsThatOf(RowKey key, byte[] row) {
        Duration expected = LIFETIMES.timeToLive(key, row, now());
        assertThat(timeLeft(key)).isBetween(expected.minusSeconds(3), expected.plusSeconds(10));
    }

    private interface Move {
        boolean by(CredentialsCache node, byte[] offer);
    }

    private List<byte[]> offers() {
        List<byte[]> offers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            offers.add(live(now(), Duration.ofMinutes(31 + i)));
        }
        return offers;
    }

    /** One thread for each offer makes the move, all at once, on both nodes by turns. Returns the winners. */
    private List<Integer> race(List<byte[]> offers, Move move) {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService racers = Executors.newFixedThreadPool(offers.size());
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < offers.size(); i++) {
                CredentialsCache node = i % 2 == 0 ? cache() : other();
                byte[] offer = offers.get(i);
                results.add(racers.submit(() -> {
                    start.await();
                    return move.by(node, offer);
                }));
            }
            start.countDown();
            List<Integer> winners = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).get()) {
                    winners.add(i);
                }
            }
            return winners;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            racers.shutdownNow();
        }
    }

    private Instant now() {
        return cache().now();
    }

    private boolean create(RowKey key, byte[] row) {
        return cache().create(key, row, soon());
    }

    private boolean swap(RowKey key, byte[] seen, byte[] next) {
        return cache().swap(key, seen, next, soon());
    }

    private static byte[] read(CredentialsCache cache, RowKey key) {
        return cache.read(key, soon()).orElseThrow(() -> new AssertionError("There is no row " + key + "."));
    }

    /** Far enough away that a slow machine does not fail. */
    protected static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }

    @Test
    @Tag("I11")
    void retainsARowThatIsStoredAndNoOther() {
        RowKey key = TestRows.key();
        byte[] row = live(now(), HALF_AN_HOUR);
        create(key, row);

        assertThat(cache().retain(key, row, soon())).isTrue();
        assertTimeLeftIsThatOf(key, row);
        assertThat(cache().retain(key, live(now(), TWO_WEEKS), soon())).isFalse();
        assertThat(cache().retain(TestRows.key(), row, soon())).isFalse();
        assertThat(read(cache(), key)).isEqualTo(row);
    }
}
