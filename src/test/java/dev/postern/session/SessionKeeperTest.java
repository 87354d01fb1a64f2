package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.session.SessionRow.Active;
import dev.postern.session.SessionRow.Epoch;
import dev.postern.session.SessionRow.Revoked;
import dev.postern.testing.CountingCache;
import dev.postern.testing.InMemoryCredentialsCache;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionKeeperTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration IDLE = TestRows.LIMITS.ordinary().idle();
    private static final Duration ABSOLUTE = TestRows.LIMITS.ordinary().absolute();
    private static final Duration TOUCH = TestRows.LIMITS.touchEvery();

    private static final Use ACTIVE = Use.active(draft -> {});

    private final RowCodec codec = new RowCodec();
    private final List<SessionEvent> events = new ArrayList<>();
    private final InMemoryCredentialsCache twin = new InMemoryCredentialsCache(TestRows.LIFETIMES, START);
    private final CountingCache cache = new CountingCache(twin);
    private final KeyRing ring = KeyRing.drawn(random(64));
    private final TokenMint mint = new TokenMint("shop", () -> ring, new SecureRandom());
    private final SessionKeeper keeper =
            new SessionKeeper(TestRows.rows(cache, twin), mint, TestRows.LIMITS, events::add);

    @Test
    @Tag("P-04")
    void resumesWhatItBegan() {
        LiveSession begun = begin("ann");

        LiveSession resumed = live(keeper.resume(begun.token().reveal(), ACTIVE));

        assertThat(resumed.row().user()).isEqualTo(new User("ann", Set.of("clerk"), Map.of()));
        assertThat(resumed.handle()).isEqualTo(begun.handle());
        assertThat(resumed.row().times().created()).isEqualTo(START);
        assertThat(resumed.row().generation().since()).isEqualTo(START);
    }

    @Test
    @Tag("P-15")
    @Tag("X-11")
    void keepsWhatContributorsGaveAtTheTimeOfTheSession() {
        LiveSession begun = keeper.begin(new SignIn(
                ann(),
                false,
                Optional.empty(),
                draft -> draft.put("at", draft.at().toString())));

        assertThat(live(keeper.resume(begun.token().reveal(), ACTIVE)).row().metadata())
                .isEqualTo(Map.of("at", START.toString()));
    }

    @Test
    void beginsNothingWhenAContributorFails() {
        assertThatThrownBy(() -> keeper.begin(new SignIn(ann(), false, Optional.empty(), draft -> {
                    throw new IllegalStateException("no");
                })))
                .hasMessage("no");

        assertThat(cache.writes()).isZero();
    }

    @Test
    @Tag("P-29")
    void refusesAUserWithoutAName() {
        assertThatThrownBy(() -> new User(" ", Set.of(), Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("S-08")
    void endsExactlyAtTheIdleDeadline() {
        LiveSession begun = begin("ann");

        twin.setNow(START.plus(IDLE).minus(TICK));
        assertThat(keeper.resume(begun.token().reveal(), Use.PASSIVE)).isInstanceOf(Resumption.Live.class);
        twin.setNow(START.plus(IDLE));
        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isEqualTo(new Resumption.Over(Ending.EXPIRED));
    }

    @Test
    @Tag("S-09")
    @Tag("X-13")
    void endsExactlyAtTheAbsoluteDeadlineHoweverOftenUsed() {
        LiveSession begun = begin("ann");
        for (Duration age = Duration.ZERO; age.compareTo(ABSOLUTE) < 0; age = age.plus(TOUCH)) {
            twin.setNow(START.plus(age));
            assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isInstanceOf(Resumption.Live.class);
        }

        twin.setNow(START.plus(ABSOLUTE).minus(TICK));
        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isInstanceOf(Resumption.Live.class);
        twin.setNow(START.plus(ABSOLUTE));
        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isEqualTo(new Resumption.Over(Ending.EXPIRED));
    }

    @Test
    @Tag("X-29")
    void writesAUseDownAtMostOnceInTheTimeThatTheLimitsSay() {
        LiveSession begun = begin("ann");
        int before = cache.writes();

        twin.setNow(START.plus(TOUCH).minus(TICK));
        keeper.resume(begun.token().reveal(), ACTIVE);
        assertThat(cache.writes()).isEqualTo(before);

        twin.setNow(START.plus(TOUCH));
        LiveSession touched = live(keeper.resume(begun.token().reveal(), ACTIVE));
        keeper.resume(begun.token().reveal(), ACTIVE);
        assertThat(cache.writes()).isEqualTo(before + 1);
        assertThat(touched.row().times().expires()).isEqualTo(START.plus(TOUCH).plus(IDLE));
    }

    @Test
    @Tag("G19")
    void readsOneRowForAWarmRequest() {
        LiveSession begun = begin("ann");
        int before = cache.reads();

        keeper.resume(begun.token().reveal(), ACTIVE);

        assertThat(cache.reads()).isEqualTo(before + 1);
    }

    @Test
    @Tag("X-30")
    void extendsNothingForALook() {
        LiveSession begun = begin("ann");
        int before = cache.writes();
        twin.setNow(START.plus(TOUCH.multipliedBy(2)));

        LiveSession seen = live(keeper.resume(begun.token().reveal(), Use.PASSIVE));

        assertThat(cache.writes()).isEqualTo(before);
        assertThat(seen.row().times().expires()).isEqualTo(START.plus(IDLE));
    }

    @Test
    void givesARememberedSessionItsLongerLife() {
        LiveSession begun = keeper.begin(new SignIn(ann(), true, Optional.empty(), draft -> {}));

        assertThat(begun.row().times().expires())
                .isEqualTo(START.plus(TestRows.LIMITS.remembered().idle()));
        assertThat(begun.row().times().absoluteDeadline())
                .isEqualTo(START.plus(TestRows.LIMITS.remembered().absolute()));
    }

    @Test
    @Tag("P-17")
    @Tag("S-10")
    void neverResumesWhatWasEnded() {
        LiveSession begun = begin("ann");

        keeper.end(begun.token(), Ending.SIGNED_OUT);
        keeper.end(begun.token(), Ending.SIGNED_OUT);

        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isEqualTo(new Resumption.Over(Ending.SIGNED_OUT));
        assertThat(row(begun)).isEqualTo(new Revoked(START, Ending.SIGNED_OUT, START.plus(ABSOLUTE)));
    }

    @Test
    @Tag("H-13")
    void buriesASessionThatReadsAsAbsent() {
        Token token = mint.first(mint.userHandle("ann"));

        keeper.end(token, Ending.SIGNED_OUT);

        assertThat(keeper.resume(token.reveal(), ACTIVE)).isEqualTo(new Resumption.Over(Ending.SIGNED_OUT));
    }

    @Test
    @Tag("P-06")
    void createsNothingForATokenWithoutARow() {
        Token token = mint.first(mint.userHandle("ann"));

        assertThat(keeper.resume(token.reveal(), ACTIVE)).isEqualTo(new Resumption.Absent());
        assertThat(cache.writes()).isZero();
    }

    @Test
    @Tag("I10")
    @Tag("P-07")
    void asksNobodyAboutAForgedToken() {
        String text = begin("ann").token().reveal();
        int before = cache.reads();
        String forged = text.substring(0, 60) + (text.charAt(60) == 'A' ? 'B' : 'A') + text.substring(61);

        assertThat(keeper.recognise(forged)).isEmpty();
        assertThat(cache.reads()).isEqualTo(before);
    }

    @Test
    @Tag("P-95")
    @Tag("X-09")
    void replacesTheSessionOverWhichSomebodySignsIn() {
        LiveSession first = begin("ann");

        LiveSession second = keeper.begin(
                new SignIn(new User("bob", Set.of(), Map.of()), false, Optional.of(first.token()), draft -> {}));

        assertThat(second.handle()).isNotEqualTo(first.handle());
        assertThat(keeper.resume(first.token().reveal(), ACTIVE)).isEqualTo(new Resumption.Over(Ending.REPLACED));
        assertThat(live(keeper.resume(second.token().reveal(), ACTIVE))
                        .row()
                        .user()
                        .name())
                .isEqualTo("bob");
    }

    @Test
    @Tag("P-20")
    void leavesOtherSessionsAlone() {
        LiveSession one = begin("ann");
        LiveSession two = begin("ann");

        keeper.end(one.token(), Ending.SIGNED_OUT);

        assertThat(keeper.resume(two.token().reveal(), ACTIVE)).isInstanceOf(Resumption.Live.class);
    }

    @Test
    @Tag("I14")
    void endsASessionFromBeforeTheUsersEpochAtItsNextTouch() {
        LiveSession begun = begin("ann");
        createEpoch(begun, START.plus(TICK));

        twin.setNow(START.plus(TOUCH));

        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isEqualTo(new Resumption.Over(Ending.REVOKED));
        assertThat(row(begun)).isInstanceOf(Revoked.class);
    }

    @Test
    @Tag("G11")
    void throwsWhenTheEpochCannotBeRead() {
        LiveSession begun = begin("ann");
        twin.create(RowKey.epoch(begun.token().user()), new byte[] {9}, Deadline.in(IDLE));
        twin.setNow(START.plus(TOUCH));

        assertThatThrownBy(() -> keeper.resume(begun.token().reveal(), ACTIVE)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> begin("ann")).isInstanceOf(PosternException.class);
    }

    @Test
    void letsASessionFromTheEpochItselfLive() {
        LiveSession begun = begin("ann");
        createEpoch(begun, START);

        twin.setNow(START.plus(TOUCH));

        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isInstanceOf(Resumption.Live.class);
    }

    @Test
    @Tag("H-16")
    void beginsNoSessionBeforeTheEpochWhenTheClockWentBack() {
        createEpoch(begin("ann"), START.plus(Duration.ofMinutes(5)));

        assertThat(begin("ann").row().times().created()).isEqualTo(START.plus(Duration.ofMinutes(5)));
    }

    @Test
    @Tag("P-38")
    @Tag("V-33")
    void takesAnUnreadableRowForNoSession() {
        LiveSession begun = begin("ann");
        twin.swap(begun.token().key(), codec.encode(begun.row()), new byte[] {9, 9}, Deadline.in(IDLE));

        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isEqualTo(new Resumption.Absent());
        keeper.end(begun.token(), Ending.SIGNED_OUT);
        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isEqualTo(new Resumption.Over(Ending.SIGNED_OUT));
    }

    @Test
    @Tag("X-28")
    @Tag("G11")
    void throwsWhenTheGridIsBroken() {
        LiveSession begun = begin("ann");
        twin.setBroken(true);

        assertThatThrownBy(() -> keeper.resume(begun.token().reveal(), ACTIVE)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> keeper.end(begun.token(), Ending.SIGNED_OUT)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> begin("ann")).isInstanceOf(PosternException.class);

        twin.setBroken(false);
        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isInstanceOf(Resumption.Live.class);
    }

    @Test
    @Tag("H-09")
    void recognisesItsOwnWriteWhenTheAnswerSaysOtherwise() {
        cache.denyNextWrites(1);
        LiveSession begun = begin("ann");
        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isInstanceOf(Resumption.Live.class);

        cache.denyNextWrites(1);
        keeper.end(begun.token(), Ending.SIGNED_OUT);
        assertThat(row(begun)).isInstanceOf(Revoked.class);
    }

    @Test
    @Tag("H-05")
    void endsASessionThatIsTouchedMeanwhile() {
        LiveSession begun = begin("ann");
        twin.setNow(START.plus(TOUCH));
        cache.beforeNextWrite(() -> keeper.resume(begun.token().reveal(), ACTIVE));

        keeper.end(begun.token(), Ending.SIGNED_OUT);

        assertThat(row(begun)).isInstanceOf(Revoked.class);
    }

    @Test
    @Tag("H-07")
    @Tag("X-18")
    void neverRevivesASessionThatWasEndedWhileItWasTouched() {
        LiveSession begun = begin("ann");
        twin.setNow(START.plus(TOUCH));
        cache.beforeNextWrite(() -> keeper.end(begun.token(), Ending.SIGNED_OUT));

        assertThat(keeper.resume(begun.token().reveal(), ACTIVE)).isEqualTo(new Resumption.Over(Ending.SIGNED_OUT));
        assertThat(row(begun)).isInstanceOf(Revoked.class);
    }

    @Test
    @Tag("H-08")
    void dropsATouchThatAnotherTouchOvertook() {
        LiveSession begun = begin("ann");
        twin.setNow(START.plus(TOUCH));
        cache.beforeNextWrite(() -> {
            twin.pass(TICK);
            keeper.resume(begun.token().reveal(), ACTIVE);
        });

        LiveSession resumed = live(keeper.resume(begun.token().reveal(), ACTIVE));

        assertThat(resumed.row().times().lastSeen()).isEqualTo(START.plus(TOUCH).plus(TICK));
    }

    @Test
    void refusesNobodyBecauseTheRowNeverStandsStillForATouch() {
        LiveSession begun = begin("ann");
        twin.setNow(START.plus(TOUCH));
        cache.beforeEveryWrite(() -> {
            byte[] now = twin.read(begun.token().key(), Deadline.in(IDLE)).orElseThrow();
            Active changed = begun.row().withMetadata(Map.of("write", Integer.toString(cache.writes())));
            twin.swap(begun.token().key(), now, codec.encode(changed), Deadline.in(IDLE));
        });

        LiveSession resumed = live(keeper.resume(begun.token().reveal(), ACTIVE));

        assertThat(resumed.row().metadata()).isEqualTo(Map.of("write", Integer.toString(cache.writes())));
    }

    @Test
    void givesUpWhenTheRowNeverStandsStill() {
        LiveSession begun = begin("ann");
        cache.beforeEveryWrite(() -> {
            byte[] now = twin.read(begun.token().key(), Deadline.in(IDLE)).orElseThrow();
            Active changed =
                    begun.row().withTimes(begun.row().times().usedAt(twin.now().plus(TICK), IDLE));
            twin.pass(TICK);
            twin.swap(begun.token().key(), now, codec.encode(changed), Deadline.in(IDLE));
        });

        assertThatThrownBy(() -> keeper.end(begun.token(), Ending.SIGNED_OUT))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("changed each time");
    }

    private LiveSession begin(String name) {
        return keeper.begin(
                new SignIn(new User(name, Set.of("clerk"), Map.of()), false, Optional.empty(), draft -> {}));
    }

    private static User ann() {
        return new User("ann", Set.of("clerk"), Map.of());
    }

    private static LiveSession live(Resumption resumption) {
        assertThat(resumption).isInstanceOf(Resumption.Live.class);
        return ((Resumption.Live) resumption).session();
    }

    private SessionRow row(LiveSession session) {
        return twin.read(session.token().key(), Deadline.in(IDLE))
                .flatMap(codec::decode)
                .orElseThrow();
    }

    private void createEpoch(LiveSession session, Instant notBefore) {
        twin.create(RowKey.epoch(session.token().user()), codec.encode(new Epoch(notBefore)), Deadline.in(IDLE));
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
