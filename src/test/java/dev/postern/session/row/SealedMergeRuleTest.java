package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.TestSessions;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Epoch.Spared;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.Handle;
import dev.postern.session.token.KeyRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Equal rows have different bytes each time that they are encrypted. Repairs must come to an end all the same. */
class SealedMergeRuleTest {

    private static final Instant NOW = TestSessions.START;

    private final RowKey place = TestRows.key();
    private final RowKey epochPlace = TestRows.epoch(place);
    private final RowCodec codec = RowCodec.encrypted(
            new RowEncryption("shop", KeyRing.drawn(new byte[2 * KeyRing.KEY_BYTES]), new SecureRandom()));
    private final RowMergeRule rule = new RowMergeRule(codec);

    @Test
    @Tag("I8")
    void tombstoneThatSaysTheSameIsLeftAlone() {
        Revoked tombstone = new Revoked(NOW, Ending.SIGNED_OUT, NOW.plus(Duration.ofHours(1)));
        byte[] one = codec.encode(place, tombstone);
        byte[] other = codec.encode(place, tombstone);

        assertThat(rule.winner(place, one, other)).isSameAs(one);
        assertThat(rule.winner(place, other, one)).isSameAs(other);
        assertThat(rule.toRewrite(place, Optional.of(one), Optional.of(other))).isEmpty();
    }

    @Test
    @Tag("H-15")
    void epochThatHoldsTheOtherIsLeftAlone() {
        Handle kept = place.session().orElseThrow();
        byte[] all = codec.encode(epochPlace, new Epoch(NOW, Optional.empty()));
        byte[] others = codec.encode(epochPlace, new Epoch(NOW.plusMillis(1), Optional.of(new Spared(kept, NOW))));

        assertThat(rule.winner(epochPlace, others, all)).isSameAs(others);
        assertThat(rule.winner(epochPlace, all, others)).isSameAs(others);
    }

    /** Two members join the same rows, and then meet what the other has made of them. */
    @RepeatedTest(300)
    @Tag("H-15")
    void rowsThatTwoMembersHaveJoinedAreLeftAlone(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] one = codec.encode(place, AnyRows.any(random));
        byte[] two = codec.encode(place, AnyRows.any(random));
        byte[] here = rule.winner(place, one, two);
        byte[] there = rule.winner(place, two, one);

        if (rule.lasts(place, one) || rule.lasts(place, two)) {
            assertThat(codec.decode(place, here)).isEqualTo(codec.decode(place, there));
            assertThat(rule.winner(place, here, there)).isSameAs(here);
        }
        for (byte[] row : new byte[][] {one, two, here, there}) {
            assertThat(rule.winner(place, here, row)).isSameAs(here);
        }
    }
}
