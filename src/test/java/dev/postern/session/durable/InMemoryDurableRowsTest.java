package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.testing.InMemoryDurableRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The twin of a database, by which the rules are tested, keeps what a database promises. */
class InMemoryDurableRowsTest extends DurableRowsContract {

    private volatile Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final InMemoryDurableRows twin = new InMemoryDurableRows(this::now);

    @Override
    public DurableRows rows() {
        return twin;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void isBrokenUntilToldOtherwise() {
        RowKey key = TestRows.key();
        twin.setBroken(true);
        assertThatThrownBy(() -> write(living(key, "row", 1))).isInstanceOf(PosternException.class);

        twin.setBroken(false);
        assertThat(rows().read(List.of(key), soon())).isEmpty();
    }

    @Test
    void appliesAWriteWhoseReplyIsLost() {
        RowKey key = TestRows.key();
        twin.loseReplies(1);
        assertThatThrownBy(() -> write(living(key, "row", 1))).isInstanceOf(PosternException.class);

        assertThat(text(read(key))).isEqualTo("row");
    }

    @Test
    void lacksWhatWasWrittenLastAfterAFailOver() {
        RowKey old = TestRows.key();
        RowKey recent = TestRows.key();
        write(living(old, "first", 1));
        pass(Duration.ofSeconds(5));
        write(living(old, "second", 2), living(recent, "row", 1));

        twin.failOver(Duration.ofSeconds(2));

        assertThat(text(read(old))).isEqualTo("first");
        assertThat(rows().read(List.of(recent), soon())).isEmpty();
    }
}
