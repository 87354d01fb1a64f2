package dev.postern.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionOver;
import dev.postern.http.SessionPrincipal;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.testing.TestSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sockets live no longer than the session by which they were opened. */
@Tag("X-26")
@Tag("S-34")
class SocketRegistryTest {

    private static final int POLICY_VIOLATION = 1008;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final Duration SHORT = Duration.ofMillis(50);

    private final TestSessions sessions = new TestSessions();
    private final SocketRegistry sockets = new SocketRegistry(sessions::keeper);
    private final LiveSession login = sessions.begin("ann");
    private final TestSocket socket = new TestSocket(new SessionPrincipal(login));

    @AfterEach
    void stop() {
        sockets.close();
    }

    @Test
    void socketOfNobodyIsClosedAtOnce() throws Exception {
        TestSocket anonymous = new TestSocket(null);

        assertThat(sockets.bind(anonymous.session())).isFalse();

        assertThat(anonymous.closeCode()).isEqualTo(POLICY_VIOLATION);
    }

    @Test
    void socketIsClosedWhenItsSessionIsOverAndNoOther() throws Exception {
        TestSocket second = new TestSocket(new SessionPrincipal(login));
        TestSocket others = new TestSocket(new SessionPrincipal(sessions.begin("ann")));
        assertThat(sockets.bind(socket.session())).isTrue();
        assertThat(sockets.bind(second.session())).isTrue();
        assertThat(sockets.bind(others.session())).isTrue();

        sockets.over(new SessionOver(login.handle().text(), Ending.REVOKED, TestSessions.START));

        assertThat(socket.closeCode()).isEqualTo(POLICY_VIOLATION);
        assertThat(second.closeCode()).isEqualTo(POLICY_VIOLATION);
        assertThat(others.isOpen()).isTrue();
        assertThat(sockets.sessions()).isEqualTo(1);
    }

    @Test
    @Tag("B1")
    void socketThatIsBoundAgainIsOneSocket() throws Exception {
        for (int i = 0; i < 2 * SessionSockets.MOST; i++) {
            assertThat(sockets.bind(socket.session())).isTrue();
        }

        assertThat(sockets.held()).isEqualTo(1);
        assertThat(socket.isOpen()).isTrue();
        sockets.over(new SessionOver(login.handle().text(), Ending.REVOKED, TestSessions.START));
        assertThat(socket.closeCode()).isEqualTo(POLICY_VIOLATION);
    }

    @Test
    void sessionThatEndsBetweenHandshakeAndBindingIsNotMissed() throws Exception {
        sessions.end(login.token());

        assertThat(sockets.bind(socket.session())).isFalse();

        assertThat(socket.closeCode()).isEqualTo(POLICY_VIOLATION);
        assertThat(sockets.sessions()).isZero();
    }

    @Test
    void socketIsClosedWhenItsSessionRunsOut() throws Exception {
        sessions.twin().pass(TestSessions.IDLE.minus(SHORT));
        assertThat(sockets.bind(socket.session())).isTrue();

        sessions.twin().pass(SHORT);

        assertThat(socket.closeCode()).isEqualTo(POLICY_VIOLATION);
    }

    @Test
    void socketStaysOpenWhenItsSessionWasUsedMeanwhile() throws Exception {
        LiveSession unused = sessions.begin("bob");
        sessions.twin().pass(TestSessions.IDLE.minus(SHORT));
        TestSocket sentinel = new TestSocket(new SessionPrincipal(unused));
        assertThat(sockets.bind(socket.session())).isTrue();
        assertThat(sockets.bind(sentinel.session())).isTrue();

        sessions.live(login.token());
        sessions.twin().pass(SHORT);

        assertThat(sentinel.closeCode()).isEqualTo(POLICY_VIOLATION);
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void socketIsClosedForNowWhenNobodyKnows() throws Exception {
        sessions.twin().setBroken(true);

        assertThat(sockets.bind(socket.session())).isFalse();

        assertThat(socket.closeCode()).isEqualTo(TRY_AGAIN_LATER);
    }

    @Test
    void socketIsClosedForNowWhenItsTimeIsUpAndNobodyKnows() throws Exception {
        sessions.twin().pass(TestSessions.IDLE.minus(SHORT));
        assertThat(sockets.bind(socket.session())).isTrue();

        sessions.twin().setBroken(true);

        assertThat(socket.closeCode()).isEqualTo(TRY_AGAIN_LATER);
        assertThat(sockets.sessions()).isZero();
    }

    @Test
    @Tag("B1")
    void socketsThatWereClosedAreForgottenWhenOthersAreOpened() {
        for (int i = 0; i < 1000; i++) {
            TestSocket each = new TestSocket(new SessionPrincipal(login));
            assertThat(sockets.bind(each.session())).isTrue();
            each.leave();
        }

        assertThat(sockets.held()).isEqualTo(1);
        assertThat(sockets.looks()).isEqualTo(1);
    }

    @Test
    @Tag("B1")
    void loginHasSoManySocketsAndTheNextHasToWait() throws Exception {
        List<TestSocket> all = bound(login, SessionSockets.MOST);

        assertThat(sockets.bind(socket.session())).isFalse();

        assertThat(socket.closeCode()).isEqualTo(TRY_AGAIN_LATER);
        assertThat(all).allMatch(TestSocket::isOpen);
        assertThat(sockets.held()).isEqualTo(SessionSockets.MOST);
        assertThat(sockets.looks()).isEqualTo(1);
        all.get(7).leave();
        assertThat(bound(login, 1)).allMatch(TestSocket::isOpen);
        assertThat(bound(sessions.begin("ann"), 1)).allMatch(TestSocket::isOpen);
    }

    @Test
    @Tag("B1")
    void userHasSoManySocketsInAllSessionsUntilOneOfThemEnds() throws Exception {
        List<LiveSession> logins = new ArrayList<>();
        for (int i = 0; i < SocketCounter.MOST / SessionSockets.MOST; i++) {
            logins.add(sessions.begin("ann"));
            List<TestSocket> unused = bound(logins.get(i), SessionSockets.MOST);
        }

        assertThat(sockets.bind(socket.session())).isFalse();

        assertThat(socket.closeCode()).isEqualTo(TRY_AGAIN_LATER);
        assertThat(sockets.held()).isEqualTo(SocketCounter.MOST);
        assertThat(bound(sessions.begin("bob"), 1)).allMatch(TestSocket::isOpen);
        sockets.over(new SessionOver(logins.get(3).handle().text(), Ending.REVOKED, TestSessions.START));
        assertThat(bound(login, SessionSockets.MOST)).allMatch(TestSocket::isOpen);
        assertThat(sockets.bind(new TestSocket(new SessionPrincipal(logins.get(3))).session()))
                .isFalse();
    }

    @Test
    @Tag("B1")
    void nothingIsKeptOfSessionsThatHaveNoSocketsAnyMore() throws Exception {
        sessions.twin().pass(TestSessions.IDLE.minus(SHORT));
        bound(login, 3).forEach(TestSocket::leave);
        TestSocket last = bound(sessions.begin("ann"), 1).get(0);
        sessions.twin().setBroken(true);

        assertThat(sockets.bind(socket.session())).isFalse();
        sockets.over(new SessionOver(login.handle().text(), Ending.REVOKED, TestSessions.START));

        assertThat(sockets.sessions()).isEqualTo(1);
        assertThat(last.isOpen()).isTrue();
        assertThat(sockets.looks()).isEqualTo(1);
    }

    @Test
    @Tag("B1")
    void socketThatWasClosedIsForgottenAtTheNextLook() {
        sessions.twin().pass(TestSessions.IDLE.minus(SHORT));
        bound(login, 1).get(0).leave();

        Deadline patience = Deadline.in(Duration.ofSeconds(20));
        while (sockets.sessions() > 0 && patience.nanosLeft() > 0) {
            Thread.onSpinWait();
        }

        assertThat(sockets.sessions()).isZero();
        assertThat(sockets.looks()).isZero();
    }

    private List<TestSocket> bound(LiveSession session, int number) {
        List<TestSocket> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(new TestSocket(new SessionPrincipal(session)));
            assertThat(sockets.bind(all.get(i).session())).isTrue();
        }
        return all;
    }
}
