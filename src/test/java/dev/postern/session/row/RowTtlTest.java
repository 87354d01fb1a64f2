package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.generation.Generation;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.SecretHash;
import dev.postern.session.user.SessionUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RowTtlTest {

    private static final RowKey KEY = TestRows.key();

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final RowFormat format = new RowFormat();

    /** A live copy can be written at any moment before its absolute deadline, on a member whose clock is behind. */
    @RepeatedTest(500)
    @Tag("I11")
    @Tag("X-17")
    void letATombstoneOutliveEveryCopyOfItsSession(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        SessionPolicy limits = limits(random);
        RowTtl lifetimes = new RowTtl(RowCodec.plain(), limits.longestIdle(), limits.longestAbsolute());
        boolean isRemembered = random.nextBoolean();
        SessionTimes begun = SessionTimes.startingAt(NOW, limits.lifespan(isRemembered));
        long life = Duration.between(NOW, begun.absoluteDeadline()).toMillis();
        Instant lastUse = NOW.plusMillis((long) (random.nextDouble() * life));
        SessionTimes used = begun.usedAt(lastUse, limits.lifespan(isRemembered).idle());
        Instant revokedAt = NOW.plusMillis((long) (random.nextDouble() * life));

        Instant copyEnds = lastUse.plus(lifetimes.timeToLive(KEY, active(used, isRemembered), lastUse))
                .plus(RowTtl.CLOCK_BOUND);
        Instant interruptedCopyEnds =
                begun.absoluteDeadline().plus(lifetimes.mapDefault()).plus(RowTtl.CLOCK_BOUND);
        Instant tombstoneEnds = revokedAt
                .plus(lifetimes.timeToLive(KEY, tombstone(revokedAt, begun), revokedAt))
                .minus(RowTtl.CLOCK_BOUND);

        assertThat(tombstoneEnds).isAfterOrEqualTo(copyEnds).isAfterOrEqualTo(interruptedCopyEnds);
    }

    @Test
    void keepALiveRowUntilItsIdleDeadlineAndAMargin() {
        RowTtl lifetimes =
                new RowTtl(RowCodec.plain(), TestRows.LIMITS.longestIdle(), TestRows.LIMITS.longestAbsolute());
        SessionTimes times = SessionTimes.startingAt(NOW, TestRows.LIMITS.ordinary());

        assertThat(lifetimes.timeToLive(KEY, active(times, false), NOW)).isEqualTo(Duration.ofMinutes(40));
        assertThat(lifetimes.timeToLive(KEY, active(times, false), NOW.plusSeconds(60)))
                .isEqualTo(Duration.ofMinutes(39));
    }

    @Test
    @Tag("I11")
    @Tag("P-35")
    void neverAnswerZeroWhichWouldMeanForEver() {
        RowTtl lifetimes =
                new RowTtl(RowCodec.plain(), TestRows.LIMITS.longestIdle(), TestRows.LIMITS.longestAbsolute());
        SessionTimes times = SessionTimes.startingAt(NOW, TestRows.LIMITS.ordinary());

        assertThat(lifetimes.timeToLive(KEY, active(times, false), NOW.plus(Duration.ofDays(99))))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(lifetimes.timeToLive(KEY, new byte[3], NOW))
                .isEqualTo(lifetimes.mapDefault())
                .isPositive();
    }

    @Test
    void keepAnEpochLongerThanAnySessionBegunBeforeIt() {
        RowTtl lifetimes =
                new RowTtl(RowCodec.plain(), TestRows.LIMITS.longestIdle(), TestRows.LIMITS.longestAbsolute());

        assertThat(lifetimes.timeToLive(KEY, format.encode(new Epoch(NOW, Optional.empty())), NOW))
                .isGreaterThan(TestRows.LIMITS.longestAbsolute().plus(lifetimes.mapDefault()));
    }

    @Test
    void keepAnEpochThatEndsNothingAsLongAsALiveRow() {
        RowTtl lifetimes =
                new RowTtl(RowCodec.plain(), TestRows.LIMITS.longestIdle(), TestRows.LIMITS.longestAbsolute());

        assertThat(lifetimes.timeToLive(KEY, format.encode(Epoch.NONE), NOW)).isEqualTo(lifetimes.mapDefault());
        assertThat(lifetimes.timeToLive(KEY, format.encode(Epoch.NONE), NOW.plusSeconds(9)))
                .isEqualTo(lifetimes.mapDefault());
        assertThat(lifetimes.timeToLive(
                        KEY, format.encode(new Epoch(Instant.EPOCH.plusMillis(1), Optional.empty())), NOW))
                .isEqualTo(Duration.ofSeconds(1));
    }

    private byte[] active(SessionTimes times, boolean isRemembered) {
        Generation generation = Generation.first(SecretHash.read(new byte[32]), NOW);
        return format.encode(new Active(
                new SessionUser("ann", Set.of(), Map.of()), times, Set.of("pwd"), generation, isRemembered, Map.of()));
    }

    private byte[] tombstone(Instant at, SessionTimes times) {
        return format.encode(new Revoked(at, Ending.SIGNED_OUT, times.absoluteDeadline()));
    }

    private static SessionPolicy limits(Random random) {
        Duration idle = Duration.ofSeconds(1 + random.nextInt(100_000));
        Duration rememberedIdle = Duration.ofSeconds(1 + random.nextInt(5_000_000));
        return new SessionPolicy(
                new SessionTimes.Limits(idle, idle.plusSeconds(1 + random.nextInt(100_000))),
                new SessionTimes.Limits(rememberedIdle, rememberedIdle.plusSeconds(1 + random.nextInt(10_000_000))),
                TestRows.LIMITS.renewal(),
                Duration.ofMinutes(1),
                SessionPolicy.PerUser.UNLIMITED);
    }
}
