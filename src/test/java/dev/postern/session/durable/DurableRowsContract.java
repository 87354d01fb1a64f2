package dev.postern.session.durable;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow.Kind;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import dev.postern.testing.Race;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every promise of {@link DurableRows}. The test of each implementation extends this class. */
public abstract class DurableRowsContract {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int RACERS = 8;

    /** The rows under test. Others may have rows among them. */
    public abstract DurableRows rows();

    /** The time that the rows know. */
    public abstract Instant now();

    /** Moves that time on. */
    public abstract void pass(Duration time);

    @Test
    void readsNothingWhereNothingWasWritten() {
        RowKey key = TestRows.key();

        assertThat(rows().read(List.of(key), soon())).isEmpty();
        assertThat(rows().read(List.of(), soon())).isEmpty();
        assertThat(rows().rowsOf(TestRows.user(key), soon())).isEmpty();
    }

    @Test
    void readsBackWhatWasWritten() {
        RowKey one = TestRows.key();
        RowKey other = TestRows.key();

        rows().write(List.of(living(one, "one", 1), living(other, "other", 1)), soon());

        assertThat(texts(rows().read(List.of(one, other, TestRows.key()), soon())))
                .isEqualTo(Map.of(one, "one", other, "other"));
    }

    @Test
    void readsARowOnceThatIsAskedForTwice() {
        RowKey key = TestRows.key();
        rows().write(List.of(living(key, "row", 1)), soon());

        assertThat(texts(rows().read(List.of(key, key), soon()))).isEqualTo(Map.of(key, "row"));
    }

    @Test
    void keepsEveryByteOfALargeRow() {
        RowKey key = TestRows.key();
        byte[] row = new byte[64 * 1024 + 100];
        ThreadLocalRandom.current().nextBytes(row);
        byte[] next = row.clone();
        next[row.length - 1]++;

        rows().write(List.of(row(key, row, Kind.LIVING, 1, HOUR)), soon());
        assertThat(read(key)).isEqualTo(row);

        rows().end(List.of(row(key, next, Kind.OVER, 0, HOUR)), soon());
        assertThat(read(key)).isEqualTo(next);
    }

    @Test
    void writesAndReadsManyRows() {
        List<RowKey> keys = TestRows.keys(1_201);
        Map<RowKey, String> written = keys.stream().collect(toMap(key -> key, RowKey::text));

        rows().write(keys.stream().map(key -> living(key, key.text(), 1)).toList(), soon());
        assertThat(texts(rows().read(keys, soon()))).isEqualTo(written);

        rows().end(keys.stream().map(key -> over(key, "over")).toList(), soon());
        assertThat(texts(rows().read(keys, soon())).values()).hasSize(1_201).containsOnly("over");
    }

    @Test
    void tellsKeysApartThatDifferInTheirCaseAlone() {
        String user = "AaAaAaAaAaAaAaAaAaAaAA";
        RowKey small = RowKey.session(new Handle(user), new Handle("aaaaaaaaaaaaaaaaaaaaaA"));
        RowKey large = RowKey.session(new Handle(user), new Handle("AAAAAAAAAAAAAAAAAAAAAA"));
        RowKey other = RowKey.session(new Handle(user.toUpperCase(Locale.ROOT)), new Handle(user));

        rows().write(List.of(living(small, "small", 1), living(large, "large", 1), living(other, "x", 1)), soon());

        assertThat(texts(rows().read(List.of(small), soon()))).isEqualTo(Map.of(small, "small"));
        assertThat(texts(rows().read(List.of(large), soon()))).isEqualTo(Map.of(large, "large"));
        assertThat(rows().rowsOf(new Handle(user), soon())).containsOnlyKeys(small, large);
    }

    @Test
    void showsAllRowsOfAUserAndNoneOfAnybodyElse() {
        RowKey key = TestRows.key();
        RowKey sibling = TestRows.sibling(key);
        RowKey epoch = TestRows.epoch(key);
        rows().write(List.of(living(key, "living", 1), living(TestRows.key(), "foreign", 1)), soon());
        rows().end(List.of(over(sibling, "over")), soon());
        rows().merge(row(epoch, bytes("e"), Kind.EPOCH, 0, HOUR), DurableRowsContract::union, soon());

        assertThat(texts(rows().rowsOf(TestRows.user(key), soon())))
                .isEqualTo(Map.of(key, "living", sibling, "over", epoch, "e"));
    }

    @Test
    void showsRowsBehindAKeyInTheOrderOfTheirTexts() {
        List<RowKey> keys = new ArrayList<>(TestRows.keys(40));
        keys.add(RowKey.provider(TestRows.user(TestRows.key())));
        Collections.sort(keys);
        rows().write(keys.stream().map(key -> living(key, key.text(), 1)).toList(), soon());

        List<RowKey> seen = new ArrayList<>();
        SortedMap<RowKey, byte[]> page = rows().rowsBehind(RowKey.BEGINNING, 7, soon());
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            seen.addAll(page.keySet());
            page = rows().rowsBehind(page.lastKey(), 7, soon());
        }

        assertThat(seen).isSorted().doesNotHaveDuplicates().containsAll(keys);
    }

    @Test
    void givesNoRowThatHasExpired() {
        RowKey key = TestRows.key();
        rows().write(List.of(row(key, bytes("short"), Kind.LIVING, 1, Duration.ofSeconds(1))), soon());

        pass(Duration.ofMillis(999));
        assertThat(rows().read(List.of(key), soon())).containsOnlyKeys(key);
        assertThat(rows().rowsOf(TestRows.user(key), soon())).containsOnlyKeys(key);

        pass(Duration.ofMillis(1));
        assertThat(rows().read(List.of(key), soon())).isEmpty();
        assertThat(rows().rowsOf(TestRows.user(key), soon())).isEmpty();
        assertThat(rows().rowsBehind(RowKey.epoch(TestRows.user(key)), 1, soon()))
                .doesNotContainKey(key);
    }

    @Test
    void replacesALivingRowByOneThatWasUsedLaterOrAtTheSameTime() {
        RowKey key = TestRows.key();
        write(living(key, "first", 5));

        write(living(key, "as late", 5));
        assertThat(text(read(key))).isEqualTo("as late");

        write(living(key, "later", 6));
        assertThat(text(read(key))).isEqualTo("later");

        write(living(key, "earlier", 5));
        assertThat(text(read(key))).isEqualTo("later");
        write(living(key, "as late again", 6));
        assertThat(text(read(key))).isEqualTo("as late again");
    }

    @Test
    void keepsTheTimeOfTheRowThatWasWrittenLast() {
        RowKey key = TestRows.key();
        write(row(key, bytes("short"), Kind.LIVING, 1, Duration.ofMinutes(1)));
        write(row(key, bytes("long"), Kind.LIVING, 2, HOUR));
        write(row(key, bytes("older"), Kind.LIVING, 1, Duration.ofMinutes(1)));

        pass(Duration.ofMinutes(2));

        assertThat(text(read(key))).isEqualTo("long");
    }

    @Test
    void endsASessionThatIsThereAndOneThatIsNot() {
        RowKey there = TestRows.key();
        RowKey absent = TestRows.key();
        write(living(there, "living", 9));

        rows().end(List.of(over(there, "over"), over(absent, "over too")), soon());

        assertThat(texts(rows().read(List.of(there, absent), soon())))
                .isEqualTo(Map.of(there, "over", absent, "over too"));
    }

    @Test
    void replacesATombstoneByALaterOneAlone() {
        RowKey key = TestRows.key();
        rows().end(List.of(row(key, bytes("first"), Kind.OVER, 0, Duration.ofMinutes(1))), soon());

        write(living(key, "living", 99));
        assertThat(text(read(key))).isEqualTo("first");

        rows().end(List.of(over(key, "second")), soon());
        pass(Duration.ofMinutes(2));
        assertThat(text(read(key))).isEqualTo("second");
    }

    @Test
    void anEndThatWasReplacedCannotBeUndone() {
        RowKey key = TestRows.key();
        rows().end(List.of(over(key, "first")), soon());
        rows().end(List.of(over(key, "second")), soon());

        rows().undo(bytes("first"), living(key, "living", 1), soon());

        assertThat(text(read(key))).isEqualTo("second");
    }

    @Test
    void writesTheNewestOfTwoRowsOfOneKey() {
        RowKey key = TestRows.key();
        RowKey ended = TestRows.key();

        write(living(key, "newer", 2), living(key, "older", 1));
        rows().end(List.of(over(ended, "first"), over(ended, "last")), soon());

        assertThat(text(read(key))).isEqualTo("newer");
        assertThat(text(read(ended))).isEqualTo("last");
    }

    @Test
    void undoesAnEndByItsBytesAlone() {
        RowKey key = TestRows.key();
        rows().end(List.of(over(key, "mine")), soon());

        rows().undo(bytes("other"), living(key, "wrong", 1), soon());
        rows().undo(bytes("min"), living(key, "wrong", 1), soon());
        rows().undo(bytes("mine "), living(key, "wrong", 1), soon());
        assertThat(text(read(key))).isEqualTo("mine");

        rows().undo(bytes("mine"), living(key, "living", 3), soon());
        assertThat(text(read(key))).isEqualTo("living");

        write(living(key, "later", 4));
        assertThat(text(read(key))).isEqualTo("later");
    }

    @Test
    void undoesNothingWhereNothingIs() {
        RowKey key = TestRows.key();

        rows().undo(bytes("mine"), living(key, "living", 3), soon());

        assertThat(rows().read(List.of(key), soon())).isEmpty();
    }

    @Test
    void mergesWithWhatIsThere() {
        RowKey key = TestRows.epoch(TestRows.key());
        rows().merge(epoch(key, "ac"), DurableRowsContract::union, soon());
        assertThat(text(read(key))).isEqualTo("ac");

        rows().merge(epoch(key, "b"), DurableRowsContract::union, soon());
        assertThat(text(read(key))).isEqualTo("abc");

        rows().merge(epoch(key, "x"), (there, given) -> there, soon());
        assertThat(text(read(key))).isEqualTo("abc");
    }

    @Test
    void givesTheWinnerWhatIsThereFirst() {
        RowKey key = TestRows.epoch(TestRows.key());
        rows().merge(epoch(key, "there"), DurableRowsContract::union, soon());

        rows().merge(epoch(key, "new"), (there, given) -> bytes(text(there) + "<" + text(given)), soon());

        assertThat(text(read(key))).isEqualTo("there<new");
    }

    @Test
    void keepsAMergedRowAsLongAsTheOneThatStaysLonger() {
        RowKey key = TestRows.epoch(TestRows.key());
        rows().merge(row(key, bytes("a"), Kind.EPOCH, 0, HOUR), DurableRowsContract::union, soon());
        rows().merge(row(key, bytes("b"), Kind.EPOCH, 0, Duration.ofMinutes(1)), DurableRowsContract::union, soon());

        pass(Duration.ofMinutes(2));

        assertThat(text(read(key))).isEqualTo("ab");
    }

    @Test
    void mergesWhateverTheCallerExpects() {
        RowKey key = TestRows.epoch(TestRows.key());

        rows().merge(epoch(key, "a"), Optional.empty(), DurableRowsContract::union, soon());
        assertThat(text(read(key))).isEqualTo("a");
        rows().merge(epoch(key, "b"), Optional.of(bytes("a")), DurableRowsContract::union, soon());
        assertThat(text(read(key))).isEqualTo("ab");
        rows().merge(epoch(key, "c"), Optional.empty(), DurableRowsContract::union, soon());
        assertThat(text(read(key))).isEqualTo("abc");
        rows().merge(epoch(key, "d"), Optional.of(bytes("xyz")), DurableRowsContract::union, soon());
        assertThat(text(read(key))).isEqualTo("abcd");
    }

    @Test
    void writesAMergedRowThatTheCallerHasAndTheDatabaseLacks() {
        RowKey key = TestRows.epoch(TestRows.key());

        rows().merge(epoch(key, "ab"), Optional.of(bytes("ab")), DurableRowsContract::union, soon());

        assertThat(text(read(key))).isEqualTo("ab");
    }

    @Test
    void losesNoMergeInARace() throws Exception {
        RowKey key = TestRows.epoch(TestRows.key());

        Race.of(RACERS, racer -> {
            for (int i = 0; i < 3; i++) {
                DurableRow next = epoch(key, String.valueOf((char) ('a' + 3 * racer + i)));
                if (racer % 2 == 0) {
                    rows().merge(next, DurableRowsContract::union, late());
                } else {
                    rows().merge(next, Optional.empty(), DurableRowsContract::union, late());
                }
            }
            return racer;
        });

        assertThat(text(read(key))).isEqualTo("abcdefghijklmnopqrstuvwx");
    }

    @Test
    void neverWritesALivingRowOverATombstoneInARace() throws Exception {
        List<RowKey> keys = TestRows.keys(20);

        Race.of(RACERS, racer -> {
            for (RowKey key : keys) {
                if (racer == 0) {
                    rows().end(List.of(over(key, "over")), late());
                } else {
                    rows().write(List.of(living(key, "living " + racer, racer)), late());
                }
            }
            return racer;
        });

        assertThat(texts(rows().read(keys, soon())).values()).hasSize(20).containsOnly("over");
    }

    @Test
    void undoesNoEndThatAnotherHasReplacedInARace() throws Exception {
        List<RowKey> keys = TestRows.keys(20);

        Race.of(2, racer -> {
            for (RowKey key : keys) {
                if (racer == 0) {
                    rows().end(List.of(over(key, "lost")), late());
                    rows().undo(bytes("lost"), living(key, "living", 1), late());
                } else {
                    rows().end(List.of(over(key, "acknowledged")), late());
                }
            }
            return racer;
        });

        rows().end(keys.stream().limit(10).map(key -> over(key, "acknowledged")).toList(), soon());
        assertThat(texts(rows().read(keys.subList(0, 10), soon())).values()).containsOnly("acknowledged");
        assertThat(texts(rows().read(keys, soon())).values()).doesNotContain("lost");
    }

    @Test
    void keepsTheLatestLivingRowInARace() throws Exception {
        RowKey key = TestRows.key();

        Race.of(RACERS, racer -> {
            for (int i = 0; i < 10; i++) {
                int stamp = 1 + Math.floorMod(i * 7 + racer * 3, 50);
                rows().write(List.of(living(key, String.valueOf(stamp), stamp)), late());
            }
            return racer;
        });

        int latest = IntStream.range(0, RACERS)
                .flatMap(racer -> IntStream.range(0, 10).map(i -> 1 + Math.floorMod(i * 7 + racer * 3, 50)))
                .max()
                .orElseThrow();
        assertThat(text(read(key))).isEqualTo(String.valueOf(latest));
    }

    @Test
    void writesBatchesOfTheSameRowsAtTheSameTime() throws Exception {
        List<RowKey> keys = TestRows.keys(100);
        List<RowKey> backwards = new ArrayList<>(keys);
        Collections.reverse(backwards);

        Race.of(RACERS, racer -> {
            List<RowKey> order = racer % 2 == 0 ? keys : backwards;
            if (racer < 2) {
                rows().end(order.stream().map(key -> over(key, "over")).toList(), late());
            } else {
                rows().write(
                                order.stream()
                                        .map(key -> living(key, "living", racer))
                                        .toList(),
                                late());
            }
            return racer;
        });

        assertThat(texts(rows().read(keys, soon())).values()).hasSize(100).containsOnly("over");
    }

    /** The letters of both. */
    private static byte[] union(byte[] one, byte[] other) {
        Set<Character> letters = new TreeSet<>();
        (text(one) + text(other)).chars().forEach(letter -> letters.add((char) letter));
        return bytes(letters.stream().map(String::valueOf).collect(Collectors.joining()));
    }

    protected final DurableRow living(RowKey key, String text, int stamp) {
        return row(key, bytes(text), Kind.LIVING, stamp, HOUR);
    }

    protected final DurableRow over(RowKey key, String text) {
        return row(key, bytes(text), Kind.OVER, 0, HOUR);
    }

    protected final DurableRow epoch(RowKey key, String text) {
        return row(key, bytes(text), Kind.EPOCH, 0, HOUR);
    }

    protected final DurableRow row(RowKey key, byte[] bytes, Kind kind, int stamp, Duration left) {
        return new DurableRow(key, bytes, kind, Instant.EPOCH.plusMillis(stamp), now().plus(left));
    }

    protected final void write(DurableRow... living) {
        rows().write(Arrays.asList(living), soon());
    }

    protected final byte[] read(RowKey key) {
        byte[] row = rows().read(List.of(key), soon()).get(key);
        assertThat(row).as("the row of %s", key).isNotNull();
        return row == null ? new byte[0] : row;
    }

    protected static Map<RowKey, String> texts(Map<RowKey, byte[]> rows) {
        Map<RowKey, String> texts = new TreeMap<>();
        rows.forEach((key, row) -> texts.put(key, text(row)));
        return texts;
    }

    protected static String text(byte[] row) {
        return new String(row, StandardCharsets.UTF_8);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    /** The deadline of a call that meets others. */
    protected static Deadline late() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
