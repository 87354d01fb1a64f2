package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.RowFormat;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Epoch.Spared;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the epochs of one user end together, one after the other or from two parts of a split. */
@Tag("I14")
@Tag("H-15")
class EpochsTogetherTest {

    private static final Instant DAWN = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Handle> HANDLES = List.of(
            TestRows.key().session().orElseThrow(),
            TestRows.key().session().orElseThrow(),
            TestRows.key().session().orElseThrow());

    private final RowFormat codec = new RowFormat();

    @Test
    void whoIsSparedIsNotSparedFromWhatHadEndedAllBefore() {
        Handle kept = HANDLES.get(0);
        Epoch ofAll = new Epoch(DAWN.plusSeconds(2), Optional.empty());

        Epoch ofOthers = ofAll.raisedTo(DAWN.plusSeconds(3), Optional.of(kept));

        assertThat(ofOthers.ends(kept, begun(1))).isTrue();
        assertThat(ofOthers.ends(kept, begun(2))).isFalse();
        assertThat(ofOthers.ends(HANDLES.get(1), begun(2))).isTrue();
        assertThat(ofOthers.raisedTo(DAWN.plusSeconds(4), Optional.of(kept)).ends(kept, begun(2)))
                .as("spared again")
                .isFalse();
        assertThat(ofOthers.raisedTo(DAWN.plusSeconds(4), Optional.empty()).ends(kept, begun(3)))
                .isTrue();
    }

    @RepeatedTest(300)
    void endWhatEitherEndsAndNothingElseInAnyOrder(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Epoch one = any(random);
        Epoch two = any(random);
        Epoch three = any(random);

        for (Handle session : HANDLES) {
            for (int second = 0; second < 8; second++) {
                Active row = begun(second);
                assertThat(one.and(two).ends(session, row)).isEqualTo(one.ends(session, row) || two.ends(session, row));
            }
        }
        assertThat(one.and(two)).isEqualTo(two.and(one));
        assertThat(one.and(two).and(three)).isEqualTo(one.and(two.and(three)));
        assertThat(one.and(one)).isEqualTo(one);
        assertThat(codec.decode(codec.encode(one))).contains(one);
    }

    private static Epoch any(Random random) {
        int second = 1 + random.nextInt(7);
        Optional<Spared> spared = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Spared(HANDLES.get(random.nextInt(3)), DAWN.plusSeconds(random.nextInt(second))));
        return new Epoch(DAWN.plusSeconds(second), spared);
    }

    private static Active begun(int second) {
        Instant start = DAWN.plusSeconds(second);
        return (Active)
                new RowFormat().decode(TestRows.live(start, TestSessions.IDLE)).orElseThrow();
    }
}
