package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.BOB;
import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.askingForBearer;
import static dev.postern.http.TestDesk.withBearer;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.http.request.CurrentRequest;
import dev.postern.session.request.RequestLogin;
import dev.postern.testing.TestContainerSession;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** To whom the container's own session belongs. */
@Tag("A10")
class ContainerHttpSessionTest {

    private final TestDesk desk = new TestDesk();
    private final TestContainerSession container = new TestContainerSession();

    @Test
    void endsWhereAnotherUserSignsInWhoseFormerCookieIsGone() {
        desk.signIn(anonymous().with(container), ANN, false);

        desk.signIn(anonymous().with(container), BOB, false);

        assertThat(container.isOver()).isTrue();
    }

    @Test
    void endsWhereAnotherUserSignsInForABearerToken() {
        desk.signIn(anonymous().with(container), ANN, false);

        desk.signIn(askingForBearer().with(container), BOB, false);

        assertThat(container.isOver()).isTrue();
    }

    @Test
    void endsWhereAnotherUsersTokenComesWithIt() {
        String token = desk.signIn(askingForBearer(), BOB, false).tokens().get(0);
        desk.signIn(anonymous().with(container), ANN, false);

        desk.resume(withBearer(token).with(container));

        assertThat(container.isOver()).isTrue();
    }

    @Test
    void endsWithTheSessionOfItsUser() {
        String cookie = desk.signIn(anonymous().with(container), ANN, false).cookie();
        desk.resume(withCookie(cookie).with(container));
        assertThat(container.isOver()).isFalse();
        desk.sessions.keeper().userSessions().endAll("ann");

        desk.resume(withCookie(cookie).with(container));

        assertThat(container.isOver()).isTrue();
    }

    @Test
    void endsWhereTheCookieIsGone() {
        desk.signIn(anonymous().with(container), ANN, false);

        desk.resume(anonymous().with(container));

        assertThat(container.isOver()).isTrue();
    }

    @Test
    void ofAVisitorStays() {
        desk.resume(anonymous().with(container));
        desk.signIn(anonymous().with(container), ANN, false);

        assertThat(container.isOver()).isFalse();
    }

    @Test
    void ofAVisitorBelongsToTheUserWhoIsSignedInByThen() {
        String cookie = desk.cookieOfAnn();

        desk.resume(withCookie(cookie).with(container));
        assertThat(container.isOver()).isFalse();

        desk.resume(anonymous().with(container));
        assertThat(container.isOver()).isTrue();
    }

    @Test
    void madeInARequestBelongsToItsUser() {
        TestRequest request = withCookie(desk.cookieOfAnn());
        desk.resume(request);
        CurrentRequest.Serving serving = CurrentRequest.serve(request.get(), new TestResponse().get());
        new ContainerHttpSession.Listener().sessionCreated(new HttpSessionEvent(container.get()));
        serving.end();

        assertThat(ContainerHttpSession.isOwned(container.get())).isTrue();
    }

    @Test
    void staysAndCannotBeReadWhereNothingIsKnownOfTheCaller() {
        String cookie = desk.signIn(anonymous().with(container), ANN, false).cookie();
        desk.sessions.twin().setBroken(true);
        TestRequest request = withCookie(cookie).with(container);

        assertThat(desk.resume(request).login()).isInstanceOf(RequestLogin.Unavailable.class);

        assertThat(container.isOver()).isFalse();
        HttpServletRequest seen = ApplicationRequest.of(request.get(), new TestResponse().get(), desk.signOut);
        assertThatThrownBy(seen::getSession).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> seen.getSession(false)).isInstanceOf(PosternException.class);
    }
}
