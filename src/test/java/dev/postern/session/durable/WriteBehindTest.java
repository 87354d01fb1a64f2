package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.durable.WriteBehind.Waiting;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteBehindTest {

    private final WriteBehind queue = new WriteBehind(3, 100);
    private final List<RowKey> keys = TestRows.keys(5);

    private RowKey key(int number) {
        return keys.get(number);
    }

    private static byte[] row(int length) {
        return new byte[length];
    }

    private List<RowKey> waiting() {
        return queue.oldest(10).stream().map(Waiting::key).toList();
    }

    @Test
    void keepsRowsInTheirOrderUntilTheyAreWritten() {
        queue.add(key(0), row(1), 10);
        queue.add(key(1), row(2), 20);

        assertThat(queue.oldest(1)).hasSize(1).allMatch(row -> row.key().equals(key(0)));
        assertThat(waiting()).containsExactly(key(0), key(1));

        queue.written(queue.oldest(1));
        assertThat(waiting()).containsExactly(key(1));
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void oneRowWaitsForAKeyAndIsTheLast() {
        queue.add(key(0), row(1), 10);
        queue.add(key(1), row(1), 15);
        queue.add(key(0), row(7), 20);

        assertThat(waiting()).containsExactly(key(0), key(1));
        assertThat(queue.oldest(1).get(0).bytes()).hasSize(7);
        assertThat(queue.oldestNanos(30)).isEqualTo(20);
    }

    @Test
    void keyAloneWaitsWithTheRowThatWaitsAlready() {
        queue.addKey(key(0), 10);
        assertThat(queue.oldest(1).get(0).bytes()).isEmpty();

        queue.add(key(0), row(7), 15);
        List<Waiting> batch = queue.oldest(1);
        queue.addKey(key(0), 20);
        queue.written(batch);

        assertThat(queue.oldest(2)).hasSize(1).allMatch(row -> row.bytes().length == 7);
        assertThat(queue.oldestNanos(30)).isEqualTo(10);
    }

    @Test
    void rowThatIsAddedWhileItIsWrittenGoesOnWaiting() {
        queue.add(key(0), row(1), 10);
        queue.add(key(1), row(1), 15);
        List<Waiting> batch = queue.oldest(1);
        queue.add(key(0), row(2), 20);

        queue.written(batch);

        assertThat(waiting()).containsExactly(key(1), key(0));
        assertThat(queue.oldest(2).get(1).bytes()).hasSize(2);
        queue.remove(key(1));
        assertThat(queue.oldestNanos(21)).isEqualTo(1);
    }

    @Test
    void rowsThatFailGoBehindAllOthers() {
        queue.add(key(0), row(1), 10);
        queue.add(key(1), row(1), 10);
        queue.add(key(2), row(1), 10);
        List<Waiting> batch = queue.oldest(2);
        queue.remove(key(0));

        queue.postpone(batch);

        assertThat(waiting()).containsExactly(key(2), key(1));
        assertThat(queue.oldestNanos(15)).isEqualTo(5);
    }

    @Test
    void dropsTheOldestIfTooManyWait() {
        for (int i = 0; i < 4; i++) {
            queue.add(key(i), row(1), i);
        }

        assertThat(waiting()).containsExactly(key(1), key(2), key(3));
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void dropsTheOldestIfTooManyBytesWait() {
        queue.add(key(0), row(50), 1);
        queue.add(key(1), row(50), 2);
        assertThat(queue.dropped()).isZero();

        queue.add(key(1), row(51), 3);
        assertThat(waiting()).containsExactly(key(1));

        queue.written(queue.oldest(1));
        queue.add(key(2), row(60), 4);
        queue.add(key(3), row(40), 5);
        assertThat(waiting()).containsExactly(key(2), key(3));
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void dropsAnEndOnlyIfNothingElseWaits() {
        queue.addEnd(key(0), row(1), Optional.empty(), 1);
        queue.add(key(1), row(1), 2);
        queue.addKeyOfEnd(key(2), 3);
        queue.add(key(3), row(1), 4);
        assertThat(waiting()).containsExactly(key(0), key(2), key(3));

        queue.addEnd(key(4), row(1), Optional.empty(), 5);
        assertThat(waiting()).containsExactly(key(0), key(2), key(4));

        queue.add(key(3), row(1), 6);
        assertThat(waiting()).containsExactly(key(0), key(2), key(4));
        queue.addEnd(key(3), row(1), Optional.empty(), 7);
        assertThat(waiting()).containsExactly(key(2), key(4), key(3));
        assertThat(queue.dropped()).isEqualTo(4);
    }

    @Test
    void rowThatWasAnEndOnceStaysOne() {
        queue.add(key(0), row(1), 1);
        queue.addEnd(key(0), row(1), Optional.empty(), 2);
        queue.add(key(0), row(1), 3);
        queue.add(key(1), row(1), 4);
        queue.add(key(2), row(1), 5);
        queue.add(key(3), row(1), 6);

        assertThat(waiting()).containsExactly(key(0), key(2), key(3));
    }

    @Test
    void livingRowThatFailedIsDroppedAfterThoseThatWereNotTriedYet() {
        queue.add(key(0), row(1), 1);
        queue.add(key(1), row(1), 2);
        queue.addEnd(key(2), row(1), Optional.empty(), 3);
        queue.postpone(queue.oldest(1));

        queue.add(key(3), row(1), 4);

        assertThat(waiting()).containsExactly(key(2), key(0), key(3));
    }

    @Test
    void copiesTheBytes() {
        byte[] given = row(1);
        queue.add(key(0), given, 1);
        given[0]++;

        assertThat(queue.oldest(1).get(0).bytes()).isEqualTo(row(1));
    }

    @Test
    void reportsThatABatchWaits() {
        WriteBehind large = new WriteBehind();
        List<Integer> sizes = new ArrayList<>();
        large.whenBatchWaits(() -> sizes.add(large.size()));

        TestRows.keys(501).forEach(key -> large.add(key, row(1), 0));

        assertThat(sizes).containsExactly(500, 501);
        assertThat(large.oldestNanos(7)).isEqualTo(7);
        assertThat(queue.oldestNanos(7)).isZero();
    }
}
