package dev.postern.session.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.generation.RetiredTokens.Judgement;
import dev.postern.session.generation.RetiredTokens.RetiredToken;
import dev.postern.session.generation.RetiredTokens.Retirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables in the class comment. */
class RetiredTokensTest {

    private static final Instant RETIRED = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Duration LATE = GRACE.multipliedBy(RetiredTokens.LATE_GRACES);
    private static final Duration LIFETIME = OfferedTokens.lifetime(GRACE);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final int NUMBER = 3;

    @ParameterizedTest
    @CsvSource({
        "RENEWED, ACCEPTED, LATE, COPY",
        "RENEWED_UNCONFIRMED, ACCEPTED, LATE, LATE",
        "REAUTHENTICATED, LATE, LATE, COPY",
        "REAUTHENTICATED_UNCONFIRMED, LATE, LATE, LATE",
        "NEVER_USED, LATE, LATE, LATE",
        "RETURNED, RETURNED, RETURNED, RETURNED"
    })
    void isJudgedByItsRetirementAndAge(Retirement retirement, Judgement young, Judgement late, Judgement old) {
        assertThat(judge(retirement, Duration.ZERO)).isEqualTo(young);
        assertThat(judge(retirement, GRACE.minus(TICK))).isEqualTo(young);
        assertThat(judge(retirement, GRACE)).isEqualTo(late);
        assertThat(judge(retirement, LATE.minus(TICK))).isEqualTo(late);
        assertThat(judge(retirement, LATE)).isEqualTo(old);
    }

    @Test
    void hasReturnedWhenTheCurrentTokenIsOlderThanAnOffer() {
        assertThat(judge(Retirement.OVERTAKEN, LIFETIME.minus(TICK))).isEqualTo(Judgement.ACCEPTED);
        assertThat(judge(Retirement.OVERTAKEN, LIFETIME)).isEqualTo(Judgement.RETURNED);
    }

    @Test
    void isACopyIfItIsNotListed() {
        assertThat(of(Retirement.RENEWED).judge(NUMBER - 1, RETIRED, RETIRED, GRACE))
                .isEqualTo(Judgement.COPY);
    }

    @ParameterizedTest
    @CsvSource({
        "RENEWED, REAUTHENTICATED_UNCONFIRMED",
        "RENEWED_UNCONFIRMED, NEVER_USED",
        "REAUTHENTICATED, REAUTHENTICATED_UNCONFIRMED",
        "REAUTHENTICATED_UNCONFIRMED, REAUTHENTICATED_UNCONFIRMED",
        "NEVER_USED, NEVER_USED",
        "OVERTAKEN, NEVER_USED",
        "RETURNED, NEVER_USED"
    })
    void isNoSignOfTheftAfterASignInAtFirst(Retirement before, Retirement after) {
        RetiredTokens signedIn = of(before).reauthenticated(NUMBER + 1, NUMBER + 1, RETIRED.plus(TICK), GRACE);

        assertThat(signedIn.all().get(0)).isEqualTo(new RetiredToken(NUMBER, RETIRED, after));
    }

    @ParameterizedTest
    @CsvSource({
        "RENEWED, RENEWED",
        "RENEWED_UNCONFIRMED, REAUTHENTICATED",
        "REAUTHENTICATED, REAUTHENTICATED",
        "REAUTHENTICATED_UNCONFIRMED, REAUTHENTICATED",
        "NEVER_USED, REAUTHENTICATED",
        "OVERTAKEN, OVERTAKEN",
        "RETURNED, OVERTAKEN"
    })
    void changesWhenANewerTokenComesIntoUse(Retirement before, Retirement after) {
        assertThat(renewed(before, LIFETIME.multipliedBy(2).minus(TICK))).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({"OVERTAKEN", "RETURNED"})
    void isRenewedOnceEverythingFromBeforeHasArrived(Retirement before) {
        assertThat(renewed(before, LIFETIME.multipliedBy(2))).isEqualTo(Retirement.RENEWED);
    }

    private static Retirement renewed(Retirement before, Duration age) {
        ClusterTime time = new ClusterTime(RETIRED.plus(age), true);
        return of(before)
                .renewed(NUMBER + 1, NUMBER + 2, time, GRACE)
                .all()
                .get(0)
                .retirement();
    }

    private static Judgement judge(Retirement retirement, Duration age) {
        return of(retirement).judge(NUMBER, RETIRED, RETIRED.plus(age), GRACE);
    }

    private static RetiredTokens of(Retirement retirement) {
        return new RetiredTokens(List.of(new RetiredToken(NUMBER, RETIRED, retirement)));
    }

    @Test
    void onlyTheTokenThatIsUsedReturns() {
        RetiredToken renewed = new RetiredToken(NUMBER - 1, RETIRED, Retirement.RENEWED);
        RetiredToken overtaken = new RetiredToken(NUMBER, RETIRED, Retirement.OVERTAKEN);
        RetiredTokens both = new RetiredTokens(List.of(renewed, overtaken));
        Instant now = RETIRED.plus(LIFETIME);

        RetiredTokens used = both.retiredUsed(NUMBER, RETIRED, new ClusterTime(now, true), GRACE);

        assertThat(used.all()).containsExactly(renewed, new RetiredToken(NUMBER, now, Retirement.RETURNED));
        assertThat(used.hasReturned()).isTrue();
        assertThat(both.hasReturned()).isFalse();
    }
}
