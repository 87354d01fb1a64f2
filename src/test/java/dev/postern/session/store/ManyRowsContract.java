package dev.postern.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The promises of {@link CredentialsCache} about more than one row. */
abstract class ManyRowsContract {

    private static final Duration HOUR = Duration.ofHours(1);

    /** The cache under test. */
    public abstract CredentialsCache cache();

    /** The same rows, seen from another node where there is one. */
    public abstract CredentialsCache other();

    @Test
    @Tag("P-36")
    @Tag("P-50")
    void showsAllRowsOfAUserAndNoneOfAnybodyElse() {
        RowKey key = TestRows.key();
        RowKey sibling = TestRows.sibling(key);
        RowKey epoch = TestRows.epoch(key);
        Map<RowKey, byte[]> written = write(List.of(key, sibling, epoch));
        write(TestRows.keys(20));

        Map<RowKey, byte[]> found = other().rowsOf(TestRows.user(key), soon());

        assertThat(found.keySet()).isEqualTo(written.keySet());
        written.forEach((each, row) -> assertThat(row(found, each)).isEqualTo(row));
        assertThat(cache().rowsOf(TestRows.user(TestRows.key()), soon())).isEmpty();
        assertThat(other().keysOf(TestRows.user(key), soon())).isEqualTo(written.keySet());
        assertThat(cache().keysOf(TestRows.user(TestRows.key()), soon())).isEmpty();
    }

    @Test
    @Tag("P-37")
    void showsARowAsItIsNow() {
        RowKey key = TestRows.key();
        byte[] row = row(write(List.of(key)), key);
        byte[] next = TestRows.tombstone(now(), HOUR);
        cache().swap(key, row, next, soon());

        assertThat(row(other().rowsOf(TestRows.user(key), soon()), key)).isEqualTo(next);
    }

    @Test
    void showsEveryRowOnceInTheOrderOfTheKeysWhateverThePage() {
        Set<RowKey> written = write(TestRows.keys(30)).keySet();

        SortedMap<RowKey, byte[]> all = new TreeMap<>();
        List<RowKey> order = new ArrayList<>();
        RowKey reached = RowKey.BEGINNING;
        SortedMap<RowKey, byte[]> page = cache().rowsBehind(reached, 7, soon());
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            order.addAll(page.keySet());
            all.putAll(page);
            page = other().rowsBehind(page.lastKey(), 7, soon());
        }

        assertThat(order).isSorted().doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(30);
        SortedMap<RowKey, byte[]> atOnce = cache().rowsBehind(RowKey.BEGINNING, 10_000, soon());
        assertThat(atOnce.keySet()).containsAll(written); // rows of other tests may expire meanwhile
        assertThat(order).containsSubsequence(List.copyOf(atOnce.keySet()));
        atOnce.forEach((key, row) -> assertThat(row).isEqualTo(row(all, key)));
    }

    @Test
    @Tag("G17")
    void makesManySwapsAndSaysWhichWereMade() {
        Map<RowKey, byte[]> seen = write(TestRows.keys(200));
        RowKey overtaken = seen.keySet().iterator().next();
        byte[] overtaking = TestRows.live(now(), HOUR);
        cache().swap(overtaken, row(seen, overtaken), overtaking, soon());
        Map<RowKey, byte[]> next = new HashMap<>();
        seen.keySet().forEach(key -> next.put(key, TestRows.tombstone(now(), HOUR)));

        Set<RowKey> made = ConcurrentHashMap.newKeySet();
        cache().swapAll(
                        seen.keySet().stream()
                                .map(key -> new CredentialsCache.Swap(key, row(seen, key), row(next, key)))
                                .toList(),
                        made::add,
                        soon());

        assertThat(made).hasSize(199).doesNotContain(overtaken);
        made.forEach(key -> {
            assertThat(other().read(key, soon()).orElseThrow()).isEqualTo(row(next, key));
            assertTimeLeftIsThatOf(key, row(next, key));
        });
        assertThat(other().read(overtaken, soon()).orElseThrow()).isEqualTo(overtaking);
        cache().swapAll(List.of(), made::add, soon());
        assertThat(made).hasSize(199);
    }

    protected abstract void assertTimeLeftIsThatOf(RowKey key, byte[] row);

    private Map<RowKey, byte[]> write(List<RowKey> keys) {
        Map<RowKey, byte[]> rows = new HashMap<>();
        for (RowKey key : keys) {
            byte[] row = TestRows.live(now(), HOUR);
            assertThat(cache().create(key, row, soon())).isTrue();
            rows.put(key, row);
        }
        return rows;
    }

    private static byte[] row(Map<RowKey, byte[]> rows, RowKey key) {
        return Objects.requireNonNull(rows.get(key));
    }

    private Instant now() {
        return cache().now();
    }

    private static Deadline soon() {
        return TestSessions.soon();
    }
}
