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

    private final TombstoneTracker tracker = new TombstoneTracker(RowCodec.plain(), START);

    @Test
    void rowThatBecomesATombstoneEnds() {
        assertThat(tracker.isEnding(KEY, Optional.of(LIVE), TOMBSTONE)).isTrue();
        assertThat(tracker.isEnding(KEY, Optional.empty(), TOMBSTONE)).isTrue();
        assertThat(tracker.isEnding(KEY, Optional.of(new byte[] {9}), TOMBSTONE))
                .isTrue();
    }

    @Test
    void everyOtherChangeEndsNothing() {
        assertThat(tracker.isEnding(KEY, Optional.of(TOMBSTONE), TOMBSTONE)).isFalse();
        assertThat(tracker.isEnding(KEY, Optional.of(TOMBSTONE), tombstone(START.plusMillis(1))))
                .isFalse();
        assertThat(tracker.isEnding(KEY, Optional.of(LIVE), LIVE)).isFalse();
        assertThat(tracker.isEnding(KEY, Optional.of(TOMBSTONE), LIVE)).isFalse();
        assertThat(tracker.isEnding(KEY, Optional.empty(), new byte[0])).isFalse();
        assertThat(tracker.isEnding(KEY, Optional.empty(), FORMAT.encode(new Epoch(START, Optional.empty()))))
                .isFalse();
    }

    @Test
    void sessionIsNamedOnceWithItsReason() {
        RowKey key = TestRows.key();
        String handle = key.text().substring(key.text().indexOf('.') + 1);

        assertThat(tracker.reportOnce(key, TOMBSTONE)).contains(new SessionOver(handle, Ending.REUSED, START));
        assertThat(tracker.reportOnce(key, TOMBSTONE)).isEmpty();
        assertThat(tracker.reportOnce(key, tombstone(START.plusMillis(1)))).isEmpty();
        assertThat(tracker.reportIfRecent(key, TOMBSTONE)).isEmpty();
    }

    @Test
    void rowsOfOtherKeysAndKindsNameNobody() {
        assertThat(tracker.reportOnce(TestRows.key(), LIVE)).isEmpty();
        assertThat(tracker.reportOnce(TestRows.epoch(TestRows.key()), TOMBSTONE))
                .isEmpty();
        assertThat(tracker.reportOnce(new RowKey("somebody else's"), TOMBSTONE)).isEmpty();
    }

    @Test
    void lookPassesOverWhatEndedBeforeTheStart() {
        assertThat(tracker.reportIfRecent(TestRows.key(), tombstone(START.minusMillis(1))))
                .isEmpty();
        assertThat(tracker.reportIfRecent(TestRows.key(), TOMBSTONE)).isPresent();
    }

    @Test
    void tombstoneThatComesBackFromADatabaseIsKnownByItsTime() {
        assertThat(tracker.isFromBeforeTheStart(KEY, tombstone(START.minusMillis(1))))
                .isTrue();
        assertThat(tracker.isFromBeforeTheStart(KEY, TOMBSTONE)).isFalse();
        assertThat(tracker.isFromBeforeTheStart(KEY, LIVE)).isFalse();
    }

    @Test
    void lookPassesOverWhatIsOlderThanTheMemory() {
        RowKey first = TestRows.key();
        tracker.reportOnce(first, TOMBSTONE);
        for (int i = 0; i < TombstoneTracker.REMEMBERED - 1; i++) {
            tracker.reportOnce(TestRows.key(), tombstone(START.plusMillis(2)));
        }
        assertThat(tracker.reportIfRecent(TestRows.key(), tombstone(START.plusMillis(1))))
                .isPresent();

        tracker.reportOnce(TestRows.key(), tombstone(START.plusMillis(2)));
        tracker.beginScan();

        assertThat(tracker.reportIfRecent(first, tombstone(START.plusMillis(1))))
                .isEmpty();
        assertThat(tracker.reportIfRecent(TestRows.key(), tombstone(START.plusMillis(2))))
                .isPresent();
    }

    @Test
    void lookNamesMoreThanTheMemoryHolds() {
        tracker.beginScan();
        for (int i = 2 * TombstoneTracker.REMEMBERED; i > 0; i--) {
            assertThat(tracker.reportIfRecent(TestRows.key(), tombstone(START.plusMillis(i))))
                    .isPresent();
        }
    }

    private static byte[] tombstone(Instant at) {
        return FORMAT.encode(new Revoked(at, Ending.REUSED, at.plus(Duration.ofHours(1))));
    }

    /** Or the heap of a node would grow with the number of sessions that have ended. */
    @Test
    void eldestReportIsForgottenWhenThereAreMoreThanItRemembers() {
        RowKey first = TestRows.key();
        assertThat(tracker.reportOnce(first, TOMBSTONE)).isPresent();
        for (int i = 0; i < TombstoneTracker.REMEMBERED - 1; i++) {
            assertThat(tracker.reportOnce(TestRows.key(), TOMBSTONE)).isPresent();
        }
        assertThat(tracker.reportOnce(first, TOMBSTONE)).isEmpty();

        assertThat(tracker.reportOnce(TestRows.key(), TOMBSTONE)).isPresent();
        assertThat(tracker.reportOnce(first, TOMBSTONE)).isPresent();
    }
}
