package dev.postern.session.rotation;

import static dev.postern.session.generation.RetiredTokens.Retirement.OVERTAKEN;
import static dev.postern.session.generation.RetiredTokens.Retirement.RENEWED;
import static dev.postern.session.generation.RetiredTokens.Retirement.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.generation.ClusterTime;
import dev.postern.session.generation.Generation;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.generation.RetiredTokens;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.ClientHash;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The decision table, a line a test, with both sides of each boundary. */
class RotationTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration GRACE = TestRows.LIMITS.renewal().grace();
    private static final Duration DUE = TestRows.LIMITS.renewal().after();
    private static final Duration LATE = GRACE.multipliedBy(4);

    private static final Duration STANDING = OfferedTokens.lifetime(GRACE);
    private static final RequestSource OWNER = origin(101);
    private static final RequestSource THIEF = origin(102);

    private final TokenMint mint = new TokenMint("shop", () -> KeyRing.drawn(new byte[64]), new SecureRandom());
    private final Rotation rotation = new Rotation(TestRows.LIMITS);
    private final Token first = mint.first(mint.userHandle("ann"));
    private final Active young = new Active(
            new SessionUser("ann", Set.of("clerk"), Map.of()),
            SessionTimes.startingAt(START, TestRows.LIMITS.ordinary()),
            Set.of("pwd"),
            Generation.first(first.hash(), START),
            false,
            Map.of());

    @Test
    @Tag("P-08")
    void acceptsTheCurrentTokenUntilItIsDueAndThenOffersASuccessor() {
        assertThat(decide(young, first, START.plus(DUE).minus(TICK))).isInstanceOf(RotationDecision.Touch.class);
        assertThat(mint(young, first, START.plus(DUE)).number()).isEqualTo(2);
    }

    @Test
    void writesAUseDownNoSoonerThanTheLimitsSay() {
        assertThat(decide(young, first, START.plus(TestRows.LIMITS.touchEvery()).minus(TICK)))
                .isEqualTo(new RotationDecision.Accept(young));
        RotationDecision.Touch touch =
                (RotationDecision.Touch) decide(young, first, START.plus(TestRows.LIMITS.touchEvery()));
        assertThat(touch.next().times().lastSeen()).isEqualTo(START.plus(TestRows.LIMITS.touchEvery()));
    }

    @Test
    @Tag("H-02")
    @Tag("X-33")
    void offersAnotherSuccessorOnceTheLastOneHasNotComeBackForALittleMoreThanAGrace() {
        Instant due = START.plus(DUE);
        Instant again = due.plus(GRACE).plus(GRACE.dividedBy(30));
        Active offered = offering(young, mint.successor(first, 2), due);

        assertThat(decide(offered, first, again.minus(TICK))).isInstanceOf(RotationDecision.Touch.class);
        assertThat(mint(offered, first, again).number())
                .as("every offer has a number of its own")
                .isEqualTo(3);
    }

    @Test
    void confirmsTheSuccessorThatIsOnOffer() {
        Token second = mint.successor(first, 2);
        Instant now = START.plus(DUE).plus(GRACE);

        RotationDecision.Confirm confirm =
                (RotationDecision.Confirm) decide(offering(young, second, START.plus(DUE)), second, now);

        assertThat(confirm.isHealed()).isFalse();
        assertThat(confirm.next().generation())
                .isEqualTo(new Generation(
                        2,
                        now,
                        2,
                        second.hash(),
                        OfferedTokens.NONE,
                        new RetiredTokens(
                                List.of(new RetiredTokens.RetiredToken(1, now, RetiredTokens.Retirement.RENEWED)))));
        assertThat(confirm.next().times().lastSeen()).isEqualTo(now);
    }

    @Test
    @Tag("H-10")
    void healsARowThatHasLostTheOffer() {
        Token second = mint.successor(first, 2);
        Token fifth = mint.successor(first, 5);
        Active other = offering(young, mint.successor(first, 2), START.plus(DUE));

        assertThat(heal(young, second).number()).isEqualTo(2);
        assertThat(heal(young, fifth).number()).isEqualTo(5);
        assertThat(heal(other, second).current()).isEqualTo(second.hash());
    }

    @Test
    @Tag("H-12")
    void keepsANewerOfferWhenAnOlderOneComesBackFirst() {
        Token second = mint.successor(first, 2);
        Token third = mint.successor(first, 3);

        Generation healed = heal(offering(young, third, START.plus(DUE)), second);

        assertThat(healed.number()).isEqualTo(2);
        assertThat(healed.offers().contains(third)).isTrue();
    }

    @Test
    @Tag("H-03")
    @Tag("X-06")
    @Tag("X-07")
    void acceptsTheFormerTokenForAGraceRefusesItForThreeMoreAndTakesItForACopyThen() {
        Token second = mint.successor(first, 2);
        Instant change = START.plus(DUE);
        Active moved = moved(young, second, change);

        assertThat(decide(moved, first, change.plus(GRACE).minus(TICK))).isInstanceOf(RotationDecision.Accept.class);
        assertThat(decide(moved, first, change.plus(GRACE))).isEqualTo(new RotationDecision.Late());
        assertThat(decide(moved, first, change.plus(LATE).minus(TICK))).isEqualTo(new RotationDecision.Late());
        RotationDecision.Reuse reuse = (RotationDecision.Reuse) decide(moved, first, change.plus(LATE));
        assertThat(reuse.tombstone().orElseThrow().reason()).isEqualTo(Ending.REUSED);
    }

    @Test
    @Tag("X-06")
    void neverOffersASuccessorForAFormerToken() {
        Token second = mint.successor(first, 2);
        Active moved = moved(young, second, START.plus(DUE));
        Active offered = offering(moved, mint.successor(first, 3), START.plus(DUE));

        assertThat(decide(offered, first, START.plus(DUE).plus(GRACE).minus(TICK)))
                .isInstanceOf(RotationDecision.Accept.class);
    }

    @Test
    @Tag("X-07")
    void takesATokenFromBeforeTheFormerOneForACopyAtOnce() {
        Active moved = moved(young, mint.successor(first, 2), START.plus(DUE));
        Instant later = START.plus(DUE.multipliedBy(2));
        Active twice = moved(moved, mint.successor(first, 3), later);

        assertThat(decide(twice, first, later)).isInstanceOf(RotationDecision.Reuse.class);
    }

    @Test
    void leavesATokenFromBeforeTwoChangesInARowItsOwnTime() {
        Instant change = START.plus(DUE);
        Instant soon = change.plus(GRACE).minus(TICK);
        Active twice = moved(moved(young, mint.successor(first, 2), change), mint.successor(first, 3), soon);

        assertThat(decide(twice, first, soon)).isInstanceOf(RotationDecision.Accept.class);
        assertThat(decide(twice, first, change.plus(GRACE))).isEqualTo(new RotationDecision.Late());
        assertThat(decide(twice, mint.successor(first, 2), change.plus(GRACE)))
                .isInstanceOf(RotationDecision.Accept.class);
        assertThat(decide(twice, first, change.plus(LATE).minus(TICK))).isEqualTo(new RotationDecision.Late());
        assertThat(decide(twice, first, change.plus(LATE))).isInstanceOf(RotationDecision.Reuse.class);
    }

    @Test
    @Tag("G9")
    @Tag("I5")
    void findsACopyThoughTheSecretIsRenewedAsOftenAsTheLimitsAllow() {
        Active row = young;
        Instant now = START;
        for (int number = 2; now.isBefore(START.plus(LATE).plus(GRACE).plus(GRACE)); number++) {
            now = now.plus(GRACE).plus(TICK);
            row = moved(row, mint.successor(first, number), now);
        }

        assertThat(decide(row, first, now)).isInstanceOf(RotationDecision.Reuse.class);
    }

    @Test
    @Tag("H-11")
    void straightensTwoSecretsOfOneNumberWithASuccessorHoweverLateItSeesThem() {
        Token other = mint.successor(first, 1);

        assertThat(mint(young, other, START).number()).isEqualTo(2);
        assertThat(mint(young, other, START.plus(DUE)).number()).isEqualTo(2);
        assertThat(decide(offering(young, mint.successor(first, 2), START), other, START))
                .as("one offer at a time")
                .isInstanceOf(RotationDecision.Accept.class);
    }

    @Test
    @Tag("P-13")
    @Tag("S-07")
    void refusesWhatASignInReplacedAtOnceAndCallsItACopyOnlyWhenTheNewTokenIsInUse() {
        Token pending = mint.successor(first, 2);
        Active again = signedInAgain(offering(young, pending, START), mint.successor(first, 3));
        Instant longAfter = START.plus(LATE).plus(LATE);

        assertThat(decide(again, first, START)).isEqualTo(new RotationDecision.Late());
        assertThat(decide(again, pending, START)).isEqualTo(new RotationDecision.Late());
        assertThat(decide(again, first, longAfter)).as("the answer may be lost").isEqualTo(new RotationDecision.Late());
        Active used = inUse(again);
        assertThat(decide(used, first, START.plus(LATE).minus(TICK))).isEqualTo(new RotationDecision.Late());
        assertThat(decide(used, first, START.plus(LATE))).isInstanceOf(RotationDecision.Reuse.class);
    }

    @Test
    @Tag("S-07")
    void neverRevivesWhatASignInReplacedByTheNextRenewal() {
        Active again = signedInAgain(young, mint.successor(first, 2));
        Active renewed =
                moved(inUse(again), mint.successor(first, 3), START.plus(GRACE).plus(TICK));

        assertThat(decide(renewed, first, START.plus(GRACE).plus(TICK))).isEqualTo(new RotationDecision.Late());
        assertThat(decide(renewed, first, START.plus(LATE).minus(TICK))).isEqualTo(new RotationDecision.Late());
        assertThat(decide(renewed, first, START.plus(LATE))).isInstanceOf(RotationDecision.Reuse.class);
    }

    @Test
    @Tag("I12")
    void takesNoTokenForACopyThatASignInOvertook() {
        Token pending = mint.successor(first, 2);
        Token form = mint.successor(first, 3);
        Token formOnceMore = mint.successor(first, 4);
        Active twice = signedInAgain(signedInAgain(offering(young, pending, START), form), formOnceMore);
        Instant longAfter = START.plus(LATE).plus(LATE);

        assertThat(decide(inUse(twice), pending, longAfter)).isEqualTo(new RotationDecision.Late());
        assertThat(decide(inUse(twice), form, longAfter)).isEqualTo(new RotationDecision.Late());
        assertThat(decide(inUse(twice), first, longAfter)).isInstanceOf(RotationDecision.Reuse.class);
    }

    @Test
    void takesATokenThatASignInOvertookForACopyWhenTheSessionHasGoneOnWithoutIt() {
        Token pending = mint.successor(first, 2);
        Active again = inUse(signedInAgain(offering(young, pending, START), mint.successor(first, 3)));
        Instant change = START.plus(DUE);
        Active renewed = moved(again, mint.successor(first, 4), change);

        assertThat(decide(renewed, pending, change.plus(LATE).minus(TICK))).isEqualTo(new RotationDecision.Late());
        assertThat(decide(renewed, pending, change.plus(LATE))).isInstanceOf(RotationDecision.Reuse.class);
    }

    @Test
    void remembersABoundedNumberOfFormerTokensAndTheOldestOfThem() {
        Active row = young;
        for (int number = 2; number < 2 + 2 * RetiredTokens.MOST; number++) {
            row = moved(row, mint.successor(first, number), START);
        }

        assertThat(row.generation().retired().all()).hasSize(RetiredTokens.MOST);
        assertThat(decide(row, first, START)).isInstanceOf(RotationDecision.Accept.class);
        assertThat(decide(row, mint.successor(first, 2), START.plus(LATE))).isInstanceOf(RotationDecision.Reuse.class);
    }

    @Test
    @Tag("H-10")
    void isLenientWithASignInsTokenThatNobodySawUsedBeforeItsSuccessor() {
        Token signIns = mint.successor(first, 2);
        Active healed = moved(signedInAgain(young, signIns), mint.successor(first, 3), START.plus(DUE));

        assertThat(decide(healed, signIns, START.plus(DUE).plus(GRACE).minus(TICK)))
                .isInstanceOf(RotationDecision.Accept.class);
        assertThat(decide(healed, signIns, START.plus(DUE).plus(LATE))).isEqualTo(new RotationDecision.Late());
        Active again = signedInAgain(healed, mint.successor(first, 4));
        assertThat(decide(again, signIns, START)).as("dead at once").isEqualTo(new RotationDecision.Late());
    }

    @Test
    void takesAllThatWasNeverUsedForOne() {
        Active row = young;
        for (int number = 2; number < 2 + 2 * RetiredTokens.MOST; number++) {
            row = signedInAgain(row, mint.successor(first, number));
        }

        assertThat(row.generation().retired().all()).hasSize(2);
        assertThat(decide(inUse(row), mint.successor(first, RetiredTokens.MOST), START.plus(LATE)))
                .isEqualTo(new RotationDecision.Late());
    }

    @Test
    void refusesOnlyTheCopyWhereTheLimitsSaySo() {
        SessionPolicy lenient = new SessionPolicy(
                TestRows.LIMITS.ordinary(),
                TestRows.LIMITS.remembered(),
                new SessionPolicy.Renewal(DUE, GRACE, SessionPolicy.Renewal.OnReuse.REJECT),
                TestRows.LIMITS.touchEvery(),
                SessionPolicy.PerUser.UNLIMITED);
        Active moved = moved(young, mint.successor(first, 2), START);

        assertThat(new Rotation(lenient).decide(moved, first, RequestSource.UNKNOWN, steady(START.plus(LATE))))
                .isEqualTo(new RotationDecision.Reuse(moved, Optional.empty()));
    }

    @Test
    void takesWhatIsOverForOverWhateverTheToken() {
        Revoked revoked = new Revoked(START, Ending.SIGNED_OUT, START);
        Instant idle = young.times().idleDeadline();

        assertThat(decide(revoked, first, START)).isEqualTo(new RotationDecision.Over(Ending.SIGNED_OUT));
        assertThat(decide(young, first, idle.minus(TICK))).isInstanceOf(RotationDecision.Mint.class);
        assertThat(decide(young, first, idle)).isEqualTo(new RotationDecision.Over(Ending.EXPIRED));
        assertThat(decide(young, mint.successor(first, 2), idle)).isEqualTo(new RotationDecision.Over(Ending.EXPIRED));
        assertThat(decide(new Epoch(START, Optional.empty()), first, START))
                .isEqualTo(new RotationDecision.NoSession());
    }

    @Test
    void renewsNoSessionThatHasRunOutOfNumbers() {
        Token last = mint.successor(first, Generation.LAST);
        Active row = young.withGeneration(new Generation(
                Generation.LAST, START, Generation.LAST, last.hash(), OfferedTokens.NONE, RetiredTokens.NONE));

        assertThat(decide(row, last, START.plus(DUE))).isInstanceOf(RotationDecision.Touch.class);
    }

    @Test
    @Tag("A4")
    void offersEachClientASuccessorOfItsOwnWithTheNextNumber() {
        Instant due = START.plus(DUE);
        Active offered = offering(young, mint.successor(first, 2), due, THIEF);

        RotationDecision.Mint owners = (RotationDecision.Mint) decide(offered, first, OWNER, due);
        assertThat(owners.number()).isEqualTo(3);
        assertThat(owners.client()).isEqualTo(OWNER.client());
        assertThat(decide(offered, first, THIEF, due)).isInstanceOf(RotationDecision.Accept.class);
        Active both = offering(offered, mint.successor(first, 3), due, OWNER);
        assertThat(decide(both, first, OWNER, due)).isInstanceOf(RotationDecision.Accept.class);
        assertThat(decide(both, first, THIEF, due)).isInstanceOf(RotationDecision.Accept.class);
    }

    @Test
    @Tag("A4")
    void offersOneToAFewClientsAtATimeAndToARequestThatChanceHasDrawn() {
        Instant due = START.plus(DUE);
        Active full = young;
        for (int client = 0; client < OfferedTokens.MOST; client++) {
            full = offering(full, mint.successor(first, 2 + client), due, origin(client));
        }
        RequestSource drawn = new RequestSource(OWNER.client(), true);

        assertThat(decide(full, first, OWNER, due)).isInstanceOf(RotationDecision.Accept.class);
        assertThat(decide(full, first, drawn, due)).isInstanceOf(RotationDecision.Mint.class);
        Active more = offering(full, mint.successor(first, 9), due, drawn);
        assertThat(more.generation().offers().all()).hasSize(OfferedTokens.MOST);
        assertThat(more.generation().next()).contains(10);
        assertThat(decide(more, first, drawn, due)).as("again").isInstanceOf(RotationDecision.Mint.class);
        assertThat(decide(young, first, drawn, START.plus(TICK)))
                .as("not due")
                .isInstanceOf(RotationDecision.Accept.class);
    }

    @Test
    @Tag("H-16")
    void makesNoSecondOfferWhileNobodyKnowsHowOldTheFirstOneIs() {
        Instant due = START.plus(DUE);
        Active offered = offering(young, mint.successor(first, 2), due, THIEF);
        ClusterTime unsteady = new ClusterTime(due, false);

        assertThat(rotation.decide(young, first, OWNER, unsteady)).isInstanceOf(RotationDecision.Mint.class);
        assertThat(rotation.decide(offered, first, OWNER, unsteady)).isInstanceOf(RotationDecision.Accept.class);
        assertThat(rotation.decide(offered, first, new RequestSource(OWNER.client(), true), unsteady))
                .isInstanceOf(RotationDecision.Accept.class);
    }

    @Test
    @Tag("H-16")
    void takesNothingForACopyWhileTheClockIsNotSteady() {
        Active moved = moved(young, mint.successor(first, 2), START);

        assertThat(rotation.decide(moved, first, OWNER, new ClusterTime(START.plus(LATE), false)))
                .isEqualTo(new RotationDecision.Late());
    }

    @Test
    @Tag("A4")
    @Tag("X-33")
    void acceptsAnOfferThatWasOvertakenAndOffersItsClientASuccessorHoweverLate() {
        Instant change = START.plus(DUE);
        Active moved = moved(young, mint.successor(first, 3), change);
        Token overtaken = mint.successor(first, 2);
        Instant longAfter = change.plus(LATE).plus(LATE);

        assertThat(decide(moved, overtaken, OWNER, change.plus(STANDING).minus(TICK)))
                .as("perhaps from before the change")
                .isInstanceOf(RotationDecision.Touch.class);
        assertThat(((RotationDecision.Mint) decide(moved, overtaken, OWNER, change.plus(STANDING))).number())
                .isEqualTo(4);
        assertThat(((RotationDecision.Mint) decide(moved, overtaken, OWNER, longAfter)).number())
                .isEqualTo(4);
        assertThat(decide(moved, first, OWNER, longAfter)).isInstanceOf(RotationDecision.Reuse.class);
    }

    @Test
    @Tag("A4")
    @Tag("G9")
    void findsTwoClientsWhenTheNewerTokenIsUsedAfterAnOvertakenOneHasReturned() {
        Instant change = START.plus(DUE);
        Instant back = change.plus(STANDING);
        Token third = mint.successor(first, 3);
        Token overtaken = mint.successor(first, 2);
        Active offered = offering(moved(young, third, change), mint.successor(first, 4), back, OWNER);

        Active returned = ((RotationDecision.Touch) decide(offered, overtaken, OWNER, back)).next();
        assertThat(decide(returned, third, THIEF, back.plus(STANDING).minus(TICK)))
                .as("perhaps from before")
                .isInstanceOf(RotationDecision.Touch.class);
        assertThat(decide(returned, third, THIEF, back.plus(STANDING))).isInstanceOf(RotationDecision.Reuse.class);
        assertThat(rotation.decide(returned, third, THIEF, new ClusterTime(back.plus(STANDING), false)))
                .as("the clock has jumped")
                .isInstanceOf(RotationDecision.Admission.class);
    }

    @Test
    @Tag("A4")
    void takesAnOvertakenOfferForACopyOnceTheNewerOneIsUsedAfterItMustHaveArrived() {
        Instant change = START.plus(DUE);
        Token third = mint.successor(first, 3);
        Active moved = moved(young, third, change);
        Token overtaken = mint.successor(first, 2);
        Instant arrived = change.plus(STANDING).plus(STANDING);

        Active early = ((RotationDecision.Touch) decide(moved, third, OWNER, arrived.minus(TICK))).next();
        assertThat(decide(early, overtaken, OWNER, arrived.plus(LATE))).isInstanceOf(RotationDecision.Mint.class);
        Active used = ((RotationDecision.Touch) decide(early, third, OWNER, arrived)).next();
        assertThat(decide(used, overtaken, OWNER, arrived.plus(GRACE).minus(TICK)))
                .as("a request that was under way")
                .isInstanceOf(RotationDecision.Accept.class);
        assertThat(decide(used, overtaken, OWNER, arrived.plus(GRACE))).isEqualTo(new RotationDecision.Late());
        assertThat(decide(used, overtaken, OWNER, arrived.plus(LATE))).isInstanceOf(RotationDecision.Reuse.class);
        assertThat(rotation.decide(moved, third, OWNER, new ClusterTime(arrived.plus(LATE), false)))
                .as("the clock has jumped")
                .isInstanceOfSatisfying(
                        RotationDecision.Touch.class,
                        touch -> assertThat(touch.next().generation().retired())
                                .isEqualTo(moved.generation().retired()));
    }

    @Test
    @Tag("A4")
    @Tag("X-33")
    void takesATokenForOvertakenThatWasInUseBeforeOneOfTheSameTime() {
        Instant due = START.plus(DUE);
        Token second = mint.successor(first, 2);
        Token third = mint.successor(first, 3);
        Active both = offering(offering(young, second, due, OWNER), third, due, THIEF);
        Active crossed = moved(moved(both, second, due), third, due.plus(TICK));

        assertThat(crossed.generation().next()).contains(4);
        assertThat(decide(crossed, second, OWNER, due.plus(TICK).plus(STANDING)))
                .as("it may be what stays in the jar")
                .isInstanceOf(RotationDecision.Mint.class);
        assertThat(decide(crossed, first, OWNER, due.plus(LATE))).isInstanceOf(RotationDecision.Reuse.class);
        Active fourth = moved(crossed, mint.successor(first, 4), due.plus(DUE));
        assertThat(decide(fourth, third, OWNER, due.plus(DUE).plus(GRACE)))
                .as("the fourth was offered for it")
                .isEqualTo(new RotationDecision.Late());
    }

    @Test
    @Tag("A4")
    void forgetsThatATokenReturnedWhenANewerOneComesIntoUse() {
        Instant change = START.plus(DUE);
        Instant back = change.plus(STANDING);
        Token overtaken = mint.successor(first, 2);
        Active moved = moved(young, mint.successor(first, 3), change);
        Active returned = ((RotationDecision.Mint) decide(moved, overtaken, OWNER, back)).used();
        Token fifth = mint.successor(first, 5);
        Active renewed = moved(returned, fifth, back.plus(TICK));
        Instant arrived = back.plus(STANDING).plus(STANDING);

        assertThat(decide(renewed, fifth, OWNER, arrived.minus(TICK))).isInstanceOf(RotationDecision.Touch.class);
        assertThat(decide(renewed, overtaken, OWNER, back.plus(GRACE)))
                .as("a request that was under way")
                .isInstanceOf(RotationDecision.Admission.class);
        Active used = ((RotationDecision.Touch) decide(renewed, fifth, OWNER, arrived)).next();
        assertThat(decide(used, overtaken, OWNER, arrived.plus(GRACE))).isEqualTo(new RotationDecision.Late());
    }

    @Test
    @Tag("S-07")
    void refusesAnOvertakenOfferAtOnceAfterASignIn() {
        Active moved = moved(young, mint.successor(first, 3), START);
        Token overtaken = mint.successor(first, 2);
        Active again = inUse(signedInAgain(moved, mint.successor(first, 4)));

        assertThat(decide(again, overtaken, OWNER, START)).isEqualTo(new RotationDecision.Late());
    }

    private RotationDecision decide(SessionRow row, Token token, Instant now) {
        return decide(row, token, RequestSource.UNKNOWN, now);
    }

    private RotationDecision decide(SessionRow row, Token token, RequestSource origin, Instant now) {
        return rotation.decide(row, token, origin, steady(now));
    }

    private static RequestSource origin(long client) {
        return new RequestSource(new ClientHash(client), false);
    }

    private static ClusterTime steady(Instant now) {
        return new ClusterTime(now, true);
    }

    private RotationDecision.Mint mint(Active row, Token token, Instant now) {
        return (RotationDecision.Mint) decide(row, token, now);
    }

    private Generation heal(Active row, Token token) {
        RotationDecision.Confirm confirm = (RotationDecision.Confirm) decide(row, token, START.plus(DUE));
        assertThat(confirm.isHealed()).isTrue();
        return confirm.next().generation();
    }

    private static Active offering(Active row, Token token, Instant at) {
        return offering(row, token, at, RequestSource.UNKNOWN);
    }

    private static Active offering(Active row, Token token, Instant at, RequestSource origin) {
        OfferedTokens.Offer offer = new OfferedTokens.Offer(token.generation(), token.hash(), at, origin.client());
        return row.withTimes(row.times().usedAt(at, TestRows.LIMITS.ordinary().idle()))
                .withGeneration(row.generation().offering(offer, GRACE));
    }

    private static Active moved(Active row, Token token, Instant now) {
        return row.withTimes(row.times().usedAt(now, TestRows.LIMITS.ordinary().idle()))
                .withGeneration(row.generation().movedTo(token.generation(), token.hash(), steady(now), GRACE));
    }

    private static Active inUse(Active row) {
        return row.withGeneration(row.generation().currentUsed(steady(START), GRACE));
    }

    private static Active signedInAgain(Active row, Token token) {
        return row.withGeneration(row.generation().replacedBy(token.generation(), token.hash(), START, GRACE));
    }

    /** Its client holds the other token, so an offer would be answered by a thief alone. */
    @Test
    @Tag("A4")
    void offersNoSuccessorForTheCurrentTokenWhileAnotherOneHasReturned() {
        Instant due = START.plus(DUE);
        Token second = mint.successor(first, 2);
        Active returned = young.withGeneration(
                new Generation(2, START, 2, second.hash(), OfferedTokens.NONE, retired(due, RETURNED)));
        Active renewed = young.withGeneration(
                new Generation(2, START, 2, second.hash(), OfferedTokens.NONE, retired(due, RENEWED)));

        assertThat(decide(returned, second, due)).isInstanceOf(RotationDecision.Touch.class);
        assertThat(decide(renewed, second, due)).isInstanceOf(RotationDecision.Mint.class);
    }

    @Test
    @Tag("H-11")
    void tokenWithTheNumberOfTheCurrentOneIsNoSignThatAnOlderOneHasReturned() {
        Instant later = START.plus(STANDING);
        RetiredTokens overtaken = retired(START, OVERTAKEN);
        Active row = young.withGeneration(
                new Generation(2, START, 2, mint.successor(first, 2).hash(), OfferedTokens.NONE, overtaken));

        RotationDecision.Mint offer = mint(row, mint.successor(first, 2), later);

        assertThat(offer.used().generation().retired()).isEqualTo(overtaken);
        assertThat(mint(row, first, later).used().generation().retired()).isEqualTo(retired(later, RETURNED));
    }

    private static RetiredTokens retired(Instant at, RetiredTokens.Retirement retirement) {
        return new RetiredTokens(List.of(new RetiredTokens.RetiredToken(1, at, retirement)));
    }
}
