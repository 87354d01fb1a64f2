package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.TestSessions;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Epoch.Spared;
import dev.postern.session.row.SessionRow.HalfWay;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RowMergeRuleTest {

    private static final Instant NOW = TestSessions.START;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TICK = TestSessions.TICK;

    private static final RowKey KEY = TestRows.key();

    private final RowFormat format = new RowFormat();
    private final RowMergeRule rule = new RowMergeRule(RowCodec.plain());

    private final byte[] live = TestRows.live(NOW, HOUR);
    private final byte[] used = TestRows.live(NOW, HOUR.multipliedBy(2));
    private final byte[] ended = ended(NOW, NOW.plus(HOUR), Ending.SIGNED_OUT);
    private final byte[] epoch = TestRows.epochRow(NOW);
    private final byte[] noise = {42};
    private final byte[] nothing = {};

    @Test
    @Tag("I8")
    @Tag("H-17")
    void tombstoneStandsOnWhicheverSideItWas() {
        for (byte[] other : List.of(live, used, epoch, noise, nothing)) {
            assertThat(toRewrite(ended, other)).hasValue(ended);
            assertThat(rule.winner(KEY, other, ended)).isEqualTo(ended);
            assertThat(rule.winner(KEY, ended, epoch)).isEqualTo(ended);
        }
        assertThat(rule.toRewrite(KEY, Optional.of(ended), Optional.empty())).hasValue(ended);
    }

    @Test
    void ofTwoTombstonesTheOneStandsThatIsKeptLonger() {
        byte[] longer = ended(NOW.plusSeconds(9), NOW.plus(HOUR).plus(TICK), Ending.REUSED);

        assertStronger(longer, ended);
    }

    @Test
    void ofTwoThatAreKeptEquallyLongTheEarlierEndStands() {
        byte[] later = ended(NOW.plus(TICK), NOW.plus(HOUR), Ending.SIGNED_OUT);

        assertStronger(ended, later);
    }

    @Test
    void twoThatDifferInTheirReasonAloneGiveTheSameEverywhere() {
        byte[] reused = ended(NOW, NOW.plus(HOUR), Ending.REUSED);

        assertThat(rule.winner(KEY, ended, reused)).isEqualTo(rule.winner(KEY, reused, ended));
    }

    @Test
    @Tag("H-15")
    void ofTwoEpochsTheLaterStands() {
        assertStronger(TestRows.epochRow(NOW.plus(TICK)), epoch);
    }

    @Test
    @Tag("H-15")
    @Tag("I14")
    void ofTwoEpochsNeitherSparesWhatTheOtherEnded() {
        Handle kept = TestRows.key().session().orElseThrow();
        byte[] ofOthers = format.encode(new Epoch(NOW.plus(TICK), Optional.of(new Spared(kept, Instant.EPOCH))));

        byte[] both = format.encode(new Epoch(NOW.plus(TICK), Optional.of(new Spared(kept, NOW))));
        assertThat(rule.winner(KEY, ofOthers, epoch)).isEqualTo(both);
        assertThat(rule.winner(KEY, epoch, ofOthers)).isEqualTo(both);
        assertThat(toRewrite(epoch, ofOthers)).hasValue(both);
    }

    @Test
    void epochStandsBesideWhatIsNone() {
        for (byte[] other : List.of(live, noise, nothing)) {
            assertStronger(epoch, other);
        }
    }

    /** It says that a database has none. That may be old, and is found out again. */
    @Test
    void epochThatEndsNothingLosesAgainstAllElseAndNeedNotLast() {
        byte[] none = format.encode(Epoch.NONE);
        for (byte[] other : List.of(epoch, noise, nothing)) {
            assertThat(rule.winner(KEY, none, other)).isEqualTo(other);
            assertThat(rule.winner(KEY, other, none)).isEqualTo(other);
        }
        assertThat(rule.winner(KEY, none, none)).isEqualTo(none);
        assertThat(toRewrite(epoch, none)).hasValue(epoch);
        assertThat(toRewrite(none, epoch)).isEmpty();
        assertThat(rule.lasts(KEY, none)).isFalse();
        assertThat(rule.toRewrite(KEY, Optional.of(none), Optional.empty())).isEmpty();
    }

    @Test
    @Tag("S-17")
    void signInThatIsOverStandsOnWhicheverSideItWas() {
        byte[] over = halfWay(1, true, 3);
        for (byte[] other : List.of(halfWay(0, false, 1), halfWay(5, false, 9), halfWay(0, true, 4), noise, nothing)) {
            assertStronger(over, other);
        }
        assertThat(rule.lasts(KEY, over)).isTrue();
        assertThat(rule.toRewrite(KEY, Optional.of(over), Optional.empty())).hasValue(over);
    }

    @Test
    @Tag("S-17")
    void ofTwoSignInsTheOneWithMoreAttemptsStands() {
        byte[] tried = halfWay(2, false, 1);

        assertStronger(tried, halfWay(1, false, 9));
        assertThat(rule.lasts(KEY, tried)).isFalse();
        assertThat(rule.winner(KEY, noise, tried)).as("it may be a tombstone").isEqualTo(noise);
        assertThat(rule.toRewrite(KEY, Optional.of(tried), Optional.empty())).isEmpty();
    }

    @Test
    @Tag("S-17")
    void twoSignInsThatDifferInTheirMarkAloneGiveTheSameEverywhere() {
        byte[] one = halfWay(1, false, 1);
        byte[] other = halfWay(1, false, 2);

        assertThat(rule.winner(KEY, one, other)).isEqualTo(rule.winner(KEY, other, one));
    }

    @Test
    void liveRowsAndNoiseStayAsTheMergeLeftThem() {
        for (byte[] one : List.of(live, used, noise, nothing)) {
            for (byte[] other : List.of(live, used, noise, nothing, ended, epoch)) {
                assertThat(rule.winner(KEY, other, one)).isEqualTo(other);
            }
        }
    }

    @Test
    @Tag("I11")
    @Tag("D22")
    void rowThatStayedMayHaveGotTheTimeOfTheOneThatLost() {
        for (byte[] row : List.of(live, ended, epoch)) {
            assertThat(toRewrite(row, row.clone())).hasValue(row);
        }
    }

    @Test
    void rowThatCameBroughtItsOwnTime() {
        for (byte[] came : List.of(used, ended, epoch)) {
            assertThat(toRewrite(live, came)).isEmpty();
            assertThat(rule.toRewrite(KEY, Optional.empty(), Optional.of(came))).isEmpty();
        }
        assertThat(toRewrite(ended, ended(NOW, NOW.plus(HOUR).plus(TICK), Ending.REUSED)))
                .isEmpty();
    }

    @Test
    void nothingThatCanBeReadIsNotInDanger() {
        assertThat(toRewrite(noise, noise)).isEmpty();
        assertThat(toRewrite(noise, live)).isEmpty();
        assertThat(rule.toRewrite(KEY, Optional.of(live), Optional.empty())).isEmpty();
        assertThat(rule.toRewrite(KEY, Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void whatHasEndedLasts() {
        assertThat(List.of(ended, epoch)).allMatch(row -> rule.lasts(KEY, row));
        assertThat(List.of(live, used, noise, nothing)).noneMatch(row -> rule.lasts(KEY, row));
    }

    @Test
    void saysWhatCanBeRead() {
        assertThat(List.of(live, ended, epoch)).allMatch(row -> rule.isReadable(KEY, row));
        assertThat(List.of(noise, nothing, Arrays.copyOf(ended, ended.length - 1)))
                .noneMatch(row -> rule.isReadable(KEY, row));
    }

    /** Repairs by any member, repeated, and in any order of merges end with the same row. */
    @RepeatedTest(500)
    void agreesWithItselfInAnyOrder(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] one = format.encode(AnyRows.any(random));
        byte[] two = format.encode(AnyRows.any(random));
        byte[] three = random.nextBoolean() ? format.encode(AnyRows.any(random)) : noise;

        if (rule.lasts(KEY, one) || rule.lasts(KEY, two)) {
            assertThat(rule.winner(KEY, one, two)).isEqualTo(rule.winner(KEY, two, one));
        }
        assertThat(rule.winner(KEY, one, one.clone())).isEqualTo(one);
        assertThat(rule.winner(KEY, rule.winner(KEY, one, two), three))
                .isEqualTo(rule.winner(KEY, one, rule.winner(KEY, two, three)));
    }

    private void assertStronger(byte[] stronger, byte[] weaker) {
        assertThat(rule.winner(KEY, weaker, stronger)).isEqualTo(stronger);
        assertThat(rule.winner(KEY, stronger, weaker)).isEqualTo(stronger);
        assertThat(toRewrite(stronger, weaker)).hasValue(stronger);
        assertThat(toRewrite(weaker, stronger)).isEmpty();
    }

    private Optional<byte[]> toRewrite(byte[] was, byte[] stands) {
        return rule.toRewrite(KEY, Optional.of(was), Optional.of(stands));
    }

    private byte[] halfWay(int attempts, boolean isOver, long mark) {
        return format.encode(new HalfWay(
                TestSessions.user("ann"),
                Set.of("pwd"),
                false,
                Instant.EPOCH,
                NOW.plus(HOUR),
                new HalfWay.Progress(attempts, isOver, mark)));
    }

    private byte[] ended(Instant at, Instant deadline, Ending reason) {
        return format.encode(new Revoked(at, reason, deadline));
    }
}
