package dev.postern.hazelcast.watch;

import static dev.postern.session.TestSessions.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionOver;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowFormat;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("X-26")
class TombstoneTrackerTest {

    private static final RowKey KEY = TestRows.key();
    private static final RowFormat FORMAT = new RowFormat();
    private static final byte[] LIVE = TestRows.live(START, Duration.ofMinutes(30));
    private static final byte[] TOMBSTONE = tombstone(START);

    private final TombstoneTracker tombstones = new TombstoneTracker(RowCodec.plain(), START);

    @Test
    void rowThatBecomesATombstoneEnds() {
        assertThat(tombstones.isEnding(KEY, Optional.of(LIVE), TOMBSTONE)).isTrue();
        assertThat(tombstones.isEnding(KEY, Optional.empty(), TOMBSTONE)).isTrue();
        assertThat(tombstones.isEnding(KEY, Optional.of(new byte[] {9}), TOMBSTONE))
                .isTrue();
    }

    @Test
    void everyOtherChangeEndsNothing() {
        assertThat(tombstones.isEnding(KEY, Optional.of(TOMBSTONE), TOMBSTONE)).isFalse();
        assertThat(tombstones.isEnding(KEY, Optional.of(TOMBSTONE), tombstone(START.plusMillis(1))))
                .isFalse();
        assertThat(tombstones.isEnding(KEY, Optional.of(LIVE), LIVE)).isFalse();
        assertThat(tombstones.isEnding(KEY, Optional.of(TOMBSTONE), LIVE)).isFalse();
        assertThat(tombstones.isEnding(KEY, Optional.empty(), new byte[0])).isFalse();
        assertThat(tombstones.isEnding(KEY, Optional.empty(), FORMAT.encode(new Epoch(START, Optional.empty()))))
                .isFalse();
    }

    @Test
    void sessionIsNamedOnceWithItsReason() {
        RowKey key = TestRows.key();
        String handle = key.text().substring(key.text().indexOf('.') + 1);

        assertThat(tombstones.heardOf(key, TOMBSTONE)).contains(new SessionOver(handle, Ending.REUSED, START));
        assertThat(tombstones.heardOf(key, TOMBSTONE)).isEmpty();
        assertThat(tombstones.heardOf(key, tombstone(START.plusMillis(1)))).isEmpty();
        assertThat(tombstones.found(key, TOMBSTONE)).isEmpty();
    }

    @Test
    void rowsOfOtherKeysAndKindsNameNobody() {
        assertThat(tombstones.heardOf(TestRows.key(), LIVE)).isEmpty();
        assertThat(tombstones.heardOf(TestRows.epoch(TestRows.key()), TOMBSTONE))
                .isEmpty();
        assertThat(tombstones.heardOf(new RowKey("somebody else's"), TOMBSTONE)).isEmpty();
    }

    @Test
    void lookPassesOverWhatEndedBeforeTheStart() {
        assertThat(tombstones.found(TestRows.key(), tombstone(START.minusMillis(1))))
                .isEmpty();
        assertThat(tombstones.found(TestRows.key(), TOMBSTONE)).isPresent();
    }

    @Test
    void lookPassesOverWhatIsOlderThanTheMemory() {
        RowKey first = TestRows.key();
        tombstones.heardOf(first, TOMBSTONE);
        for (int i = 0; i < TombstoneTracker.REMEMBERED - 1; i++) {
            tombstones.heardOf(TestRows.key(), tombstone(START.plusMillis(2)));
        }
        assertThat(tombstones.found(TestRows.key(), tombstone(START.plusMillis(1))))
                .isPresent();

        tombstones.heardOf(TestRows.key(), tombstone(START.plusMillis(2)));
        tombstones.beginLook();

        assertThat(tombstones.found(first, tombstone(START.plusMillis(1)))).isEmpty();
        assertThat(tombstones.found(TestRows.key(), tombstone(START.plusMillis(2))))
                .isPresent();
    }

    @Test
    void lookNamesMoreThanTheMemoryHolds() {
        tombstones.beginLook();
        for (int i = 2 * TombstoneTracker.REMEMBERED; i > 0; i--) {
            assertThat(tombstones.found(TestRows.key(), tombstone(START.plusMillis(i))))
                    .isPresent();
        }
    }

    private static byte[] tombstone(Instant at) {
        return FORMAT.encode(new Revoked(at, Ending.REUSED, at.plus(Duration.ofHours(1))));
    }
}
