package dev.postern.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.http.ApplicationRequest.AuthenticateCall;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the calls of the application do on a server that does not ask the mechanism about a caller whom it knows. */
class ApplicationRequestTest {

    private static final String STATUS = "the server's note";

    private final TestDesk desk = new TestDesk();
    private final HttpServletResponse response = new TestResponse().get();
    private final Container container = new Container(new TestRequest().get());
    private final HttpServletRequest request = ApplicationRequest.of(container, response, desk.signOut);

    /** A container as WildFly's; it notes down what the mechanism is asked for, and answers what it is told to. */
    private static final class Container extends HttpServletRequestWrapper {

        private final List<String> asked = new ArrayList<>();
        private boolean isSignedIn;
        private boolean isRight;
        private Optional<RuntimeException> failure = Optional.empty();

        Container(HttpServletRequest request) {
            super(request);
        }

        @Override
        public boolean authenticate(HttpServletResponse answer) throws ServletException {
            if (isSignedIn) {
                return true;
            }
            AuthenticateCall.of(this).orElseThrow().reach();
            boolean isRestoring = AuthenticateCall.isAt(AuthenticateCall.Step.RESTORING, this);
            asked.add(isRestoring ? "restore" : "authenticate");
            if (!isRestoring) {
                failure.ifPresent(known -> new SignInOutcome.Undecided(known).leaveIn(this));
            }
            isSignedIn = isRestoring || (isRight && failure.isEmpty());
            setAttribute(STATUS, isSignedIn ? AuthenticationStatus.SUCCESS : AuthenticationStatus.SEND_FAILURE);
            if (!isSignedIn) {
                throw new ServletException("Undertow says so.");
            }
            return true;
        }

        @Override
        public void logout() {
            asked.add(AuthenticateCall.isAt(AuthenticateCall.Step.FORGETTING, this) ? "forget" : "logout");
            isSignedIn = false;
        }

        @Override
        public void login(String username, String password) {
            isSignedIn = true;
        }
    }

    @Test
    @Tag("A6")
    void asksTheMechanismAboutACredentialOfACallerWhomTheServerKnows() throws Exception {
        container.isSignedIn = true;
        container.isRight = true;
        handOverACredential();

        assertThat(request.authenticate(response)).isTrue();

        assertThat(container.asked).containsExactly("forget", "authenticate");
        assertThat(AuthenticateCall.of(request)).isEmpty();
    }

    @Test
    @Tag("A6")
    void namesTheFormerCallerAgainAfterAWrongCredentialAndKeepsTheStatus() {
        container.isSignedIn = true;
        handOverACredential();

        assertThatThrownBy(() -> request.authenticate(response)).isInstanceOf(ServletException.class);

        assertThat(container.asked).containsExactly("forget", "authenticate", "restore");
        assertThat(container.isSignedIn).isTrue();
        assertThat(request.getAttribute(STATUS)).isEqualTo(AuthenticationStatus.SEND_FAILURE);
    }

    @Test
    @Tag("A6")
    void leavesACallerAloneWhereNothingIsHandedOver() throws Exception {
        container.isSignedIn = true;

        assertThat(request.authenticate(response)).isTrue();

        assertThat(container.asked).isEmpty();
    }

    @Test
    @Tag("C11")
    void throwsWhatTheMechanismCouldNotAndNeverAsAnArgument() {
        handOverACredential();
        PosternException broken = new PosternException("gone");
        container.failure = Optional.of(broken);
        assertThatThrownBy(() -> request.authenticate(response)).isSameAs(broken);

        IllegalArgumentException stores = new IllegalArgumentException("a fault of the store");
        container.failure = Optional.of(stores);
        assertThatThrownBy(() -> request.authenticate(response))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(stores);
    }

    @Test
    @Tag("C14")
    void refusesTheServersOwnLogin() {
        assertThatThrownBy(() -> request.login("realm-user", "realm-pw"))
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("SecurityContext.authenticate");
        assertThat(container.isSignedIn).isFalse();
    }

    @Test
    void isWrappedOnce() {
        HttpServletRequest wrapped = new HttpServletRequestWrapper(request);

        assertThat(ApplicationRequest.of(request, response, desk.signOut)).isSameAs(request);
        assertThat(ApplicationRequest.of(wrapped, response, desk.signOut)).isSameAs(wrapped);
    }

    private void handOverACredential() {
        request.setAttribute(
                "the server's way",
                AuthenticationParameters.withParams().credential(new UsernamePasswordCredential("ann", "a password")));
    }
}
