package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.ProviderLogin;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Ended;
import dev.postern.session.provider.ProviderLogouts;
import dev.postern.session.provider.ProviderLogouts.Notice;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.token.Token;
import dev.postern.session.user.SessionUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an identity provider ends, over the twin. */
@Tag("S-18")
class ProviderLogoutsTest {

    private static final String ISSUER = "https://id.example";
    private static final Instant THEN = TestSessions.START.minusSeconds(30);

    private final TestSessions sessions = new TestSessions();
    private final ProviderLogouts logouts = sessions.onAnotherNode().providerLogouts();
    private int tokens;

    @Test
    void endOnlyWhatBeganWithTheSessionThatTheProviderNames() {
        LiveSession named = begin("ann", login("a1", "sid1"));
        LiveSession other = begin("ann", login("a1", "sid2"));
        LiveSession own = sessions.begin("ann");

        assertThat(logouts.end(session("sid1"))).isTrue();

        assertThat(isAlive(named)).isFalse();
        assertThat(isAlive(other)).isTrue();
        assertThat(isAlive(own)).isTrue();
    }

    @Test
    void endAllOfASubjectWhateverItsNameIsHere() {
        LiveSession ann = begin("ann", login("a1", "sid1"));
        LiveSession renamed = begin("anna", login("a1", null));
        LiveSession bob = begin("bob", login("b1", "sid3"));

        assertThat(logouts.end(subject("a1"))).isTrue();

        assertThat(isAlive(ann)).isFalse();
        assertThat(isAlive(renamed)).isFalse();
        assertThat(isAlive(bob)).isTrue();
    }

    @Test
    void endOnlyTheSessionIfBothAreNamed() {
        LiveSession named = begin("ann", login("a1", "sid1"));
        LiveSession other = begin("ann", login("a1", "sid2"));

        assertThat(logouts.end(notice(Optional.of("a1"), Optional.of("sid1"), THEN)))
                .isTrue();

        assertThat(isAlive(named)).isFalse();
        assertThat(isAlive(other)).isTrue();
    }

    @Test
    void areReportedAsTheProvidersDoing() {
        LiveSession named = begin("ann", login("a1", "sid1"));

        assertThat(sessions.keeper().providerLogouts().end(session("sid1"))).isTrue();

        assertThat(sessions.events(Ended.class))
                .containsExactly(new Ended(
                        named.handle().text(),
                        Ending.SIGNED_OUT_AT_PROVIDER,
                        sessions.twin().now()));
    }

    @Test
    void ofAnotherProviderEndNothing() {
        LiveSession named = begin("ann", login("a1", "sid1"));

        assertThat(logouts.end(new Notice(
                        "https://id.example.org",
                        "t",
                        Optional.of("a1"),
                        Optional.empty(),
                        THEN,
                        THEN.plusSeconds(60))))
                .isTrue();
        assertThat(logouts.end(new Notice(
                        "https://id.example.org",
                        "u",
                        Optional.empty(),
                        Optional.of("sid1"),
                        THEN,
                        THEN.plusSeconds(60))))
                .isTrue();

        assertThat(isAlive(named)).isTrue();
    }

    @Test
    void doTheirWorkOnce() {
        Notice first = subject("a1");
        begin("ann", login("a1", "sid1"));
        assertThat(logouts.end(first)).isTrue();
        sessions.twin().pass(Duration.ofSeconds(90));
        LiveSession again = begin("ann", new ProviderLogin(ISSUER, "a1", Optional.of("sid2"), THEN.plusSeconds(60)));

        assertThat(logouts.end(first)).isFalse();

        assertThat(isAlive(again)).isTrue();
        assertThat(sessions.keeper().providerLogouts().end(first))
                .as("on any node")
                .isFalse();
    }

    @Test
    void areRememberedForLongerThanTheTokenLives() {
        Notice first = notice(Optional.of("a1"), Optional.empty(), THEN);
        assertThat(logouts.end(first)).isTrue();

        sessions.twin().pass(Duration.ofMinutes(7)); // two of its life, and the largest skew of clocks

        assertThat(logouts.end(first)).isFalse();
    }

    @Test
    void refuseASignInThatWasUnderWay() {
        assertThat(logouts.end(session("sid1"))).isTrue();

        assertThatThrownBy(() -> begin("ann", login("a1", "sid1"))).isInstanceOf(SignInOvertakenException.class);

        assertThat(sessions.events(SessionEvent.SignInOvertaken.class)).hasSize(1);
        assertThat(sessions.keeper().userSessions().of("ann")).isEmpty();
        assertThat(isAlive(begin("ann", login("a1", "sid2")))).isTrue();
    }

    @Test
    void ofASubjectRefuseWhatWasProvenBefore() {
        assertThat(logouts.end(subject("a1"))).isTrue();

        assertThatThrownBy(() -> begin("ann", login("a1", "sid1"))).isInstanceOf(SignInOvertakenException.class);
        ProviderLogin since = new ProviderLogin(ISSUER, "a1", Optional.of("sid2"), THEN.plusSeconds(1));
        assertThat(isAlive(begin("ann", since))).isTrue();
    }

    @Test
    void leaveASessionWhoseUserWasProvenAnew() {
        LiveSession first = begin("ann", login("a1", "sid1"));
        LiveSession again = beginOver(first.token(), "ann", login("a1", "sid2"));
        assertThat(again.handle()).isEqualTo(first.handle());

        assertThat(logouts.end(session("sid1"))).isTrue();
        assertThat(isAlive(again)).isTrue();

        assertThat(logouts.end(session("sid2"))).isTrue();
        assertThat(isAlive(again)).isFalse();
    }

    @Test
    void endASessionWhoseUserHasSinceGivenAPassword() {
        LiveSession first = begin("ann", login("a1", "sid1"));
        LiveSession again = sessions.beginOver(first.token(), "ann");

        assertThat(logouts.end(session("sid1"))).isTrue();

        assertThat(isAlive(again)).isFalse();
    }

    /** A password restarts the absolute limit of the session, and so of its names. */
    @Test
    void endASessionThatAPasswordHasProlonged() {
        LiveSession first = begin("ann", login("a1", "sid1"));
        Token used = usedFor(first.token(), TestSessions.ABSOLUTE.minus(TestSessions.RENEW));
        LiveSession again = sessions.beginOver(used, "ann");
        sessions.twin().pass(TestSessions.RENEW.plus(TestSessions.TICK));
        begin("ann", login("a1", "sid1")); // forgets what is over

        assertThat(logouts.end(session("sid1"))).isTrue();

        assertThat(isAlive(again)).isFalse();
    }

    private Token usedFor(Token first, Duration time) {
        Token used = first;
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TestSessions.RENEW)) {
            used = sessions.renewed(used);
        }
        return used;
    }

    @Test
    void ofASubjectEndAPasswordsSessionToo() {
        LiveSession first = begin("ann", login("a1", null));
        LiveSession again = sessions.beginOver(first.token(), "ann");

        assertThat(logouts.end(notice(Optional.of("a1"), Optional.of("sid1"), THEN)))
                .isTrue();

        assertThat(isAlive(again)).isFalse();
    }

    @Test
    void ofASessionAndItsSubjectEndWhatBeganWithoutASession() {
        LiveSession nameless = begin("ann", login("a1", null));
        LiveSession other = begin("ann", login("a1", "sid2"));

        assertThat(logouts.end(notice(Optional.of("a1"), Optional.of("sid1"), THEN)))
                .isTrue();

        assertThat(isAlive(nameless)).isFalse();
        assertThat(isAlive(other)).isTrue();
        assertThatThrownBy(() -> begin("ann", login("a1", null))).isInstanceOf(SignInOvertakenException.class);
        assertThat(isAlive(begin("ann", later("a1", null)))).isTrue();
    }

    @Test
    void ofASessionThatLivesOnRefuseOnlyWhatWasProvenBefore() {
        assertThat(logouts.end(session("sid1"))).isTrue();

        assertThatThrownBy(() -> begin("ann", login("a1", "sid1"))).isInstanceOf(SignInOvertakenException.class);
        assertThat(isAlive(begin("ann", later("a1", "sid1")))).isTrue();
    }

    @Test
    void thatComeLateLeaveWhatWasProvenSince() {
        LiveSession before = begin("ann", login("a1", "sid1"));
        LiveSession since = begin("ann", later("a1", "sid1"));

        assertThat(logouts.end(session("sid1"))).isTrue();
        assertThat(logouts.end(subject("a1"))).isTrue();

        assertThat(isAlive(before)).isFalse();
        assertThat(isAlive(since)).isTrue();
    }

    /** The sign-in comes between the logout's look at the session and its tombstone, as far as a look is needed. */
    @Test
    void leaveASessionWhoseUserIsProvenAnewMeanwhile() {
        LiveSession first = begin("ann", login("a1", "sid1"));
        List<LiveSession> again = new ArrayList<>();
        beforeWrite(2, () -> again.add(beginOver(first.token(), "ann", login("a1", "sid2"))));

        assertThat(logouts.end(session("sid1"))).isTrue();

        assertThat(isAlive(again.get(0))).isTrue();
    }

    @Test
    void thatFailLeaveASessionWhoseUserWasProvenAnewToo() {
        LiveSession named = begin("ann", login("a1", "sid1"));
        List<LiveSession> again = new ArrayList<>();
        for (int others = 0; others < 8; others++) {
            Token first = begin("ann", login("a1", "sid1")).token();
            again.add(beginOver(first, "ann", login("a1", "sid2")));
        }
        beforeWrite(2, () -> sessions.twin().setBroken(true));

        assertThatThrownBy(() -> sessions.keeper().providerLogouts().end(session("sid1")))
                .isInstanceOf(PosternException.class);

        sessions.twin().setBroken(false);
        assertThat(isAlive(named)).as("is ended later").isFalse();
        assertThat(again).allMatch(this::isAlive);
    }

    /** The first write of a logout marks the name, the second one ends a session. */
    private void beforeWrite(int number, Runnable action) {
        AtomicInteger writes = new AtomicInteger();
        sessions.cache().beforeEveryWrite(() -> {
            if (writes.incrementAndGet() == number) {
                action.run();
            }
        });
    }

    /** A node has died before it set the time to live, or parts of a split have met. */
    @Test
    void endASessionAtItsNextUseIfItsNamesWereLost() {
        LiveSession named = begin("ann", login("a1", "sid1"));
        sessions.twin().lose(names -> names.skippingOthers().text().equals("provider/"));
        assertThat(logouts.end(session("sid1"))).isTrue();
        assertThat(isAlive(named)).isTrue();

        sessions.twin().pass(TestSessions.TOUCH);

        assertThat(isAlive(named)).isFalse();
        assertThat(sessions.events(Ended.class))
                .extracting(Ended::reason)
                .containsExactly(Ending.SIGNED_OUT_AT_PROVIDER);
    }

    @Test
    void findASessionWhoseNamesWereLostOnceItIsUsed() {
        LiveSession named = begin("ann", login("a1", "sid1"));
        sessions.twin().lose(names -> names.skippingOthers().text().equals("provider/"));
        sessions.twin().pass(TestSessions.TOUCH);
        assertThat(isAlive(named)).isTrue();

        assertThat(logouts.end(session("sid1"))).isTrue();

        assertThat(isAlive(named)).isFalse();
    }

    /** It may say that the provider has ended it. */
    @Test
    void whoseNameCannotBeReadRefuseSignIns() {
        begin("ann", login("a1", "sid1"));
        for (RowKey name : sessions.twin()
                .rowsBehind(new RowKey("provider."), 9, TestSessions.soon())
                .keySet()) {
            byte[] seen = sessions.twin().read(name, TestSessions.soon()).orElseThrow();
            assertThat(sessions.twin().swap(name, seen, new byte[9], TestSessions.soon()))
                    .isTrue();
        }

        assertThatThrownBy(() -> begin("ann", login("a1", "sid1"))).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> logouts.end(session("sid1"))).isInstanceOf(PosternException.class);
    }

    @Test
    void refuseASignInOverAPresentedSessionToo() {
        LiveSession first = begin("ann", login("a1", "sid1"));
        assertThat(logouts.end(session("sid2"))).isTrue();

        assertThatThrownBy(() -> beginOver(first.token(), "ann", login("a1", "sid2")))
                .isInstanceOf(SignInOvertakenException.class);

        assertThat(sessions.keeper().userSessions().of("ann")).isEmpty();
    }

    @Test
    void endAllSessionsOfTheUserIfThereAreTooManyToList() {
        List<LiveSession> many = new ArrayList<>();
        for (int number = 0; number <= ProviderName.MOST; number++) {
            many.add(begin("ann", login("a1", null)));
        }

        assertThat(logouts.end(subject("a1"))).isTrue();

        assertThat(many).noneMatch(this::isAlive);
    }

    @Test
    void doNotCountSessionsThatAreOver() {
        for (int number = 0; number < 20; number++) {
            begin("ann", login("a1", null));
        }
        sessions.twin().pass(TestSessions.IDLE.plusMinutes(1));
        for (int number = 20; number < 40; number++) {
            begin("ann", login("a1", null));
        }
        sessions.twin().pass(TestSessions.TICK);
        sessions.keeper().userSessions().endAll("ann");
        sessions.twin().pass(TestSessions.TICK);
        for (int number = 40; number < ProviderName.MOST; number++) {
            sessions.keeper().end(begin("ann", login("a1", null)).token(), Ending.SIGNED_OUT);
        }
        LiveSession own = sessions.begin("ann");
        LiveSession proven = begin("ann", login("a1", null));

        assertThat(logouts.end(subject("a1"))).isTrue();

        assertThat(isAlive(proven)).isFalse();
        assertThat(isAlive(own)).isTrue();
    }

    /** Its last use comes just before its end, and is written just after that. */
    @Test
    void endASessionWhoseUseIsWrittenAtItsEnd() {
        List<LiveSession> many = new ArrayList<>();
        for (int number = 0; number < ProviderName.MOST; number++) {
            many.add(begin("ann", login("a1", null)));
        }
        sessions.twin().pass(TestSessions.IDLE.minus(TestSessions.TICK));
        beforeWrite(1, () -> {
            sessions.twin().pass(TestSessions.TICK);
            begin("ann", login("a1", null));
        });
        assertThat(isAlive(many.get(0))).isTrue();

        assertThat(logouts.end(subject("a1"))).isTrue();

        assertThat(isAlive(many.get(0))).isFalse();
    }

    @Test
    void countEachSessionThatIsAlive() {
        for (int number = 0; number < ProviderName.MOST; number++) {
            begin("ann", login("a1", null));
        }
        LiveSession own = sessions.begin("ann");
        LiveSession proven = begin("ann", login("a1", null));

        assertThat(logouts.end(subject("a1"))).isTrue();

        assertThat(isAlive(proven)).isFalse();
        assertThat(isAlive(own)).as("one of too many").isFalse();
    }

    /** Who holds the token of such a session may be a thief. */
    @Test
    void revokeTheSession() {
        LiveSession named = begin("ann", login("a1", "sid1"));
        assertThat(sessions.keeper().isRevoked(named.token())).isFalse();

        assertThat(logouts.end(session("sid1"))).isTrue();

        assertThat(sessions.keeper().isRevoked(named.token())).isTrue();
    }

    @Test
    void ofNamesThatNobodyKnowsSucceed() {
        assertThat(logouts.end(session("nobody's"))).isTrue();
        assertThat(logouts.end(subject("nobody"))).isTrue();
    }

    @Test
    void brokenGridIsAnExceptionAndTheTokenMayComeAgain() {
        LiveSession named = begin("ann", login("a1", "sid1"));
        Notice notice = session("sid1");
        sessions.twin().setBroken(true);
        assertThatThrownBy(() -> logouts.end(notice)).isInstanceOf(PosternException.class);
        sessions.twin().setBroken(false);

        assertThat(isAlive(named)).isTrue();
        assertThat(logouts.end(notice)).isTrue();
        assertThat(isAlive(named)).isFalse();
    }

    @Test
    void areInNoListOfUsers() {
        begin("ann", login("a1", "sid1"));
        assertThat(logouts.end(subject("nobody"))).isTrue();

        assertThat(sessions.keeper().signedInUsers().page(Optional.empty(), 10).users())
                .hasSize(1);
        assertThat(sessions.keeper().signedInUsers().count().sessions()).isEqualTo(1);
    }

    private boolean isAlive(LiveSession session) {
        return sessions.resume(session.token()) instanceof ResumeResult.Live;
    }

    private LiveSession begin(String user, ProviderLogin login) {
        return begin(user, login, Optional.empty());
    }

    private LiveSession beginOver(Token presented, String user, ProviderLogin login) {
        return begin(user, login, Optional.of(presented));
    }

    private LiveSession begin(String user, ProviderLogin login, Optional<Token> presented) {
        return sessions.keeper()
                .begin(new SignInRequest(
                        new SessionUser(user, Set.of("clerk"), login.attributes()), false, presented, draft -> {}))
                .orElseThrow();
    }

    private static ProviderLogin login(String subject, @Nullable String session) {
        return new ProviderLogin(ISSUER, subject, Optional.ofNullable(session), THEN);
    }

    private static ProviderLogin later(String subject, @Nullable String session) {
        return new ProviderLogin(ISSUER, subject, Optional.ofNullable(session), THEN.plusSeconds(1));
    }

    private Notice session(String id) {
        return notice(Optional.empty(), Optional.of(id), THEN);
    }

    private Notice subject(String subject) {
        return notice(Optional.of(subject), Optional.empty(), THEN);
    }

    private Notice notice(Optional<String> subject, Optional<String> session, Instant issuedAt) {
        return new Notice(ISSUER, "token " + tokens++, subject, session, issuedAt, issuedAt.plusSeconds(120));
    }
}
