package dev.postern.http.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.SessionPrincipal;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the container is asked again for a role that it has confirmed before, with a copy of the same session. */
class RememberedRolesTest {

    private final LiveSession session = new TestSessions().begin("ann");
    private final Principal ann = session.roles().principal(() -> new SessionPrincipal(session));

    @BeforeEach
    void confirmOnce() {
        assertThat(isInRole(request(ann, session).inRoles("clerk"))).isTrue();
    }

    @Test
    void isNotAskedWhileTheCopyLasts() {
        assertThat(isInRole(request(ann, session))).isTrue();
    }

    @Test
    void isAskedForAnotherServlet() {
        assertThat(isInRole(request(ann, session).answer("servlet", "other"))).isFalse();
    }

    @Test
    void isAskedForAnotherCopyOfTheSession() {
        LiveSession again = new LiveSession(session.token(), session.row(), session.at());
        assertThat(isInRole(request(ann, again))).isFalse();
        assertThat(isInRole(request(again.roles().principal(() -> new SessionPrincipal(again)), again)))
                .isFalse();
    }

    @Test
    void isAskedWhenTheUserHasOtherRolesNow() {
        LiveSession changed = session.withUser(new SessionUser("ann", Set.of("visitor"), Map.of()));
        assertThat(isInRole(request(ann, changed))).isFalse();
        assertThat(session.withUser(TestSessions.user("ann"))).isSameAs(session);
    }

    @Test
    void isAskedForACallerOfAnotherMechanism() {
        Principal other = () -> "ann";
        assertThat(isInRole(request(other, session))).isFalse();
    }

    @Test
    void isAskedWithoutALogin() {
        TestRequest asked = request(ann, session);
        asked.get().setAttribute(RequestLogin.ATTRIBUTE, new RequestLogin.Anonymous());
        assertThat(isInRole(asked)).isFalse();
    }

    @Test
    void isAskedInADispatch() {
        for (DispatcherType type : DispatcherType.values()) {
            assertThat(isInRole(request(ann, session).answer("getDispatcherType", type)))
                    .isEqualTo(type == DispatcherType.REQUEST);
        }
    }

    @Test
    void wrappersOfTheApplicationAreAskedEachTime() {
        assertThat(wrapped(new Strict(request(ann, session).get())).isUserInRole("clerk"))
                .isFalse();
        assertThat(new Strict(wrapped(request(ann, session).get())).isUserInRole("clerk"))
                .isFalse();
    }

    private static TestRequest request(Principal caller, LiveSession login) {
        TestRequest asked = new TestRequest()
                .answer("getUserPrincipal", caller)
                .answer("getDispatcherType", DispatcherType.REQUEST)
                .answer("servlet", "shop");
        asked.get().setAttribute(RequestLogin.ATTRIBUTE, new RequestLogin.SignedIn(login));
        return asked;
    }

    private static boolean isInRole(TestRequest asked) {
        return wrapped(asked.get()).isUserInRole("clerk");
    }

    private static HttpServletRequest wrapped(HttpServletRequest request) {
        return new PosternRequest(request, new PosternResponse(request, new TestResponse().get()));
    }

    /** Nobody has any role in this request. */
    private static final class Strict extends HttpServletRequestWrapper {

        Strict(HttpServletRequest request) {
            super(request);
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }
    }
}
