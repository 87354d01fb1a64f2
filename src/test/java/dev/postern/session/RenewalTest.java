package dev.postern.session;

import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.MetadataDraft;
import dev.postern.SessionEvent.RenewalUnanswered;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Token;
import dev.postern.session.user.SessionUser;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RenewalTest {

    private final TestSessions sessions = new TestSessions();

    @Test
    @Tag("P-08")
    void comesWhenTheTokenIsDueAndNotBefore() {
        Token token = sessions.begin("ann").token();

        sessions.twin().setNow(START.plus(RENEW).minus(TICK));
        assertThat(sessions.offer(token)).isEmpty();
        sessions.twin().setNow(START.plus(RENEW));
        assertThat(sessions.offer(token)).isPresent();
    }

    @Test
    @Tag("P-08")
    @Tag("P-25")
    @Tag("P-28")
    void keepsTheHandleAndLeavesTheUsersOtherSessionsAlone() {
        Token token = sessions.begin("ann").token();
        LiveSession other = sessions.begin("ann");

        Token successor = sessions.renewed(token);

        LiveSession renewed = sessions.live(successor);
        assertThat(renewed.handle()).isEqualTo(token.session());
        assertThat(renewed.row().generation().since()).isEqualTo(START.plus(RENEW));
        assertThat(renewed.row().times().created()).isEqualTo(START);
        assertThat(sessions.active(other.token())).isEqualTo(other.row());
    }

    @Test
    @Tag("P-113")
    @Tag("X-38")
    @Tag("S-82")
    void leavesTheTimeOfTheAuthenticationAlone() {
        Token token = sessions.begin("ann").token();

        Token successor = sessions.renewed(token);

        assertThat(sessions.live(successor).row().times().authenticated()).isEqualTo(START);
    }

    @Test
    @Tag("P-60")
    @Tag("X-11")
    void asksContributorsAgainAndKeepsWhatTheyDoNotSay() {
        Token token = sessions.beginWith("ann", draft -> {
                    draft.put("address", "192.0.2.1");
                    draft.put("second factor", "passed");
                })
                .token();
        sessions.twin().pass(RENEW);

        sessions.keeper().resume(token.reveal(), ResumeRequest.active(draft -> draft.put("address", "192.0.2.3")));

        assertThat(sessions.active(token).metadata())
                .isEqualTo(Map.of("address", "192.0.2.3", "second factor", "passed"));
    }

    @Test
    @Tag("X-11")
    void goesOnWithoutAContributorThatFails() {
        Token token =
                sessions.beginWith("ann", draft -> draft.put("kept", "yes")).token();
        sessions.twin().pass(RENEW);

        ResumeResult result = sessions.keeper().resume(token.reveal(), ResumeRequest.active(draft -> {
            throw new IllegalStateException("no");
        }));

        assertThat(((ResumeResult.Live) result).successor()).isPresent();
        assertThat(sessions.active(token).metadata()).isEqualTo(Map.of("kept", "yes"));
    }

    @Test
    @Tag("X-06")
    @Tag("S-71")
    void acceptsTheFormerTokenForAGraceWithAllThatTheSessionCarries() {
        Token former = sessions.beginWith("ann", draft -> draft.put("second factor", "passed"))
                .token();
        Token successor = sessions.renewed(former);

        sessions.twin().pass(GRACE.minus(TICK));
        assertThat(sessions.live(former).row().metadata()).isEqualTo(Map.of("second factor", "passed"));
        sessions.twin().pass(TICK);
        assertThat(sessions.resume(former)).isEqualTo(new ResumeResult.Late());
        assertThat(sessions.live(successor).handle()).isEqualTo(former.session());
    }

    @Test
    @Tag("X-06")
    void neverComesFromTheFormerToken() {
        SessionPolicy hasty = new SessionPolicy(
                TestRows.LIMITS.ordinary(),
                TestRows.LIMITS.remembered(),
                new SessionPolicy.Renewal(GRACE, GRACE.plus(GRACE), SessionPolicy.Renewal.OnReuse.REVOKE),
                GRACE,
                SessionPolicy.PerUser.UNLIMITED);
        TestSessions dueWithinTheGrace = new TestSessions("hasty", hasty);
        Token former = dueWithinTheGrace.begin("ann").token();
        Token successor = dueWithinTheGrace.renewed(former);

        dueWithinTheGrace.twin().pass(GRACE);

        assertThat(dueWithinTheGrace.offer(former)).isEmpty();
        assertThat(dueWithinTheGrace.offer(successor)).isPresent();
    }

    @Test
    void comesThoughContributorsWouldMakeTheSessionTooLarge() {
        Set<String> roles = IntStream.range(0, 600)
                .mapToObj(number -> "role " + "x".repeat(50) + number)
                .collect(Collectors.toSet());
        ResumeRequest greedy = ResumeRequest.active(draft ->
                IntStream.range(0, 32).forEach(number -> draft.put("entry " + number, number + "\u20ac".repeat(508))));
        SessionUser user = new SessionUser("ann", roles, Map.of());
        Token token = sessions.keeper()
                .begin(new SignInRequest(user, false, Optional.empty(), draft -> draft.put("entry 0", "first")))
                .orElseThrow()
                .token();
        sessions.twin().pass(RENEW);

        ResumeResult result = sessions.keeper().resume(token.reveal(), greedy);

        assertThat(((ResumeResult.Live) result).successor()).isPresent();
        assertThat(sessions.active(token).metadata()).isEqualTo(Map.of("entry 0", "first"));
    }

    @Test
    @Tag("A4")
    void aSuccessorThatDoesNotComeBackForFivePeriodsIsReportedOnceForEachToken() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(RENEW);
        for (int period = 0; period < 12; period++) {
            assertThat(sessions.events(RenewalUnanswered.class)).hasSize(period > 5 ? 1 : 0);
            assertThat(sessions.offer(token)).isPresent();
            sessions.twin().pass(GRACE.plus(GRACE.dividedBy(30)));
        }

        assertThat(sessions.events(RenewalUnanswered.class))
                .containsExactly(new RenewalUnanswered(
                        token.session().text(),
                        "ann",
                        5,
                        START.plus(RENEW).plus(GRACE.plus(GRACE.dividedBy(30)).multipliedBy(5))));
        sessions.live(sessions.offer(token).orElseThrow());
        assertThat(sessions.active(token).generation().offers()).isEqualTo(OfferedTokens.NONE);
    }

    @Test
    @Tag("A12")
    void whatFollowsTheClientIsNotedAtTouchesAndAtConfirmations() {
        Token token = sessions.begin("ann").token();
        assertThat(noted(token, "too soon")).isEqualTo(Map.of());
        sessions.twin().pass(TestSessions.TOUCH);
        assertThat(noted(token, "at a touch")).isEqualTo(Map.of("address", "at a touch"));
        sessions.twin().pass(RENEW);
        Token successor = sessions.offer(token).orElseThrow();
        assertThat(noted(successor, "at a confirmation")).isEqualTo(Map.of("address", "at a confirmation"));
    }

    @Test
    @Tag("A12")
    void aContributorThatFailsOrWritesTooMuchKeepsNoUseFromBeingWrittenDown() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(TestSessions.TOUCH);
        sessions.keeper().resume(token.reveal(), following(draft -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(sessions.active(token).times().lastSeen()).isEqualTo(START.plus(TestSessions.TOUCH));
    }

    private Map<String, String> noted(Token token, String address) {
        sessions.keeper().resume(token.reveal(), following(draft -> draft.put("address", address)));
        return sessions.active(token).metadata();
    }

    private static ResumeRequest following(Consumer<MetadataDraft> onTouch) {
        return ResumeRequest.active(RequestSource.UNKNOWN, draft -> {}, onTouch);
    }
}
