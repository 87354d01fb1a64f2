package dev.postern.http;

import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.CurrentUserLoader;
import dev.postern.PosternException;
import dev.postern.ProvenUser;
import dev.postern.ProviderLogin;
import dev.postern.Session;
import dev.postern.SessionEvent;
import dev.postern.SignIn;
import dev.postern.SignIn.Result;
import dev.postern.http.request.CurrentRequest;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.request.UserLookup;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pow's create, fetch and delete as calls of the application. */
@Tag("P-84")
class RequestSignInTest {

    private final TestDesk desk = new TestDesk(
            UserLookup.of(new Staff(), Duration.ZERO, new TestDesk().sessions.mint()::userHandle, () -> 0));
    private final SessionMechanism mechanism = desk.mechanism(
            desk.check(credential -> {
                throw new IllegalStateException("No identity store is asked.");
            }),
            desk.guard);
    private final SignIn calls = new RequestSignIn(
            TestSecurityContext.of(mechanism),
            Optional.of("https://id.example"),
            () -> desk.authenticator,
            () -> desk.signOut,
            () -> desk.second(desk.asked));
    private final TestResponse response = new TestResponse();
    private Optional<CurrentRequest.Serving> serving = Optional.empty();

    /** Knows all but one. */
    private static final class Staff implements CurrentUserLoader<String> {

        @Override
        public Optional<String> load(String name) {
            return name.equals("gone") ? Optional.empty() : Optional.of(name);
        }

        @Override
        public Set<String> roles(String user) {
            return Set.of("clerk");
        }
    }

    @AfterEach
    void end() {
        serving.ifPresent(CurrentRequest.Serving::end);
    }

    @Test
    void beginSignsInWithoutAskingAnIdentityStore() {
        TestRequest request = serve(anonymous());

        assertThat(calls.begin(ProvenUser.of("ann").with("provider", "elsewhere")))
                .isEqualTo(Result.SIGNED_IN);

        assertThat(response.headers("Set-Cookie")).hasSize(1);
        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.SignedIn.class);
        assertThat(calls.fetch().map(Session::user).map(Session.User::name)).contains("ann");
        assertThat(calls.failure()).isEmpty();
        assertThat(desk.sessions.events(SessionEvent.Created.class)).hasSize(1);
    }

    /** It could not end the session, although its logout tokens are answered with 200. */
    @Test
    @Tag("S-18")
    void beginRefusesAUserOfAnotherProvider() {
        serve(anonymous());
        ProvenUser user = ProvenUser.of("ann");

        assertThatThrownBy(() -> calls.begin(user.by(loginAt("https://id.example/"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'https://id.example/'")
                .hasMessageContaining("'https://id.example'");
        assertThat(desk.sessions.events()).isEmpty();

        assertThat(calls.begin(user.by(loginAt("https://id.example")))).isEqualTo(Result.SIGNED_IN);
    }

    private static ProviderLogin loginAt(String issuer) {
        return new ProviderLogin(issuer, "a1", Optional.empty(), Instant.EPOCH.plusSeconds(1));
    }

    @Test
    void methodsOfTheProofAreInTheSession() {
        serve(anonymous());

        assertThat(calls.begin(ProvenUser.of("ann").by("hwk").by("mfa"))).isEqualTo(Result.SIGNED_IN);

        assertThat(calls.fetch().orElseThrow().methods()).containsExactlyInAnyOrder("hwk", "mfa");
    }

    @Test
    void passwordIsAMethodOfTheSession() {
        assertThat(desk.signIn(anonymous(), TestDesk.ANN, false)
                        .login()
                        .session()
                        .orElseThrow()
                        .row()
                        .methods())
                .containsExactly("pwd");
    }

    @Test
    void beginOfAnotherUserEndsTheFormerSession() {
        String cookie = desk.cookieOfAnn();
        serve(withCookie(cookie));

        assertThat(calls.begin(ProvenUser.of("bob"))).isEqualTo(Result.SIGNED_IN);

        assertThat(desk.resume(withCookie(cookie)).isAnonymous()).isTrue();
    }

    @Test
    void beginOfAUserWhomTheApplicationDoesNotKnowIsRefused() {
        serve(anonymous());

        assertThat(calls.begin(ProvenUser.of("gone"))).isEqualTo(Result.USER_GONE);

        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(response.status()).isEqualTo(200);
        assertThat(desk.events).isEmpty();
    }

    @Test
    void beginOverPlainHttpIsRefused() {
        serve(anonymous().plain("shop.example", "192.0.2.1"));

        assertThat(calls.begin(ProvenUser.of("ann"))).isEqualTo(Result.PLAIN_HTTP);
    }

    @Test
    void beginOfACallbackFromAnotherSiteIsAdmitted() {
        serve(anonymous().header("Sec-Fetch-Site", "cross-site"));

        assertThat(calls.begin(ProvenUser.of("ann"))).isEqualTo(Result.SIGNED_IN);
    }

    @Test
    void brokenGridIsThrown() {
        serve(anonymous());
        desk.sessions.twin().setBroken(true);

        assertThatThrownBy(() -> calls.begin(ProvenUser.of("ann"))).isInstanceOf(PosternException.class);
        assertThat(response.headers("Set-Cookie")).isEmpty();
    }

    @Test
    void committedResponseIsSaid() {
        serve(anonymous());
        response.commit();

        assertThatThrownBy(() -> calls.begin(ProvenUser.of("ann")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before the response is written");
    }

    @Test
    void threadWithoutARequestIsSaid() {
        assertThatThrownBy(() -> calls.begin(ProvenUser.of("ann")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("serves no request");
        assertThatThrownBy(calls::end).isInstanceOf(IllegalStateException.class);
        assertThat(calls.fetch()).isEmpty();
        assertThat(calls.failure()).isEmpty();
    }

    @Test
    void endSignsOutWhatTheClientHolds() {
        String cookie = desk.cookieOfAnn();
        serve(withCookie(cookie));

        calls.end();

        assertThat(response.headers("Set-Cookie")).singleElement().asString().contains("Max-Age=0");
        assertThat(desk.resume(withCookie(cookie)).isAnonymous()).isTrue();
        assertThat(calls.fetch()).isEmpty();
    }

    @Test
    void endThatCouldNotBeWrittenIsThrown() {
        serve(withCookie(desk.cookieOfAnn()));
        desk.sessions.twin().setBroken(true);

        assertThatThrownBy(calls::end).isInstanceOf(PosternException.class);
    }

    @Test
    @Tag("C11")
    void provenUserHasANameAndNoGroupsThatAreNone() {
        Set<String> groups = new HashSet<>(Arrays.asList("clerk", null, " "));
        Principal ann = () -> "ann";
        assertThat(new ProvenUser(ann, groups, Map.of(), Set.of(), false).groups())
                .containsExactly("clerk");
        assertThat(ProvenUser.of("ann").inGroups("a", "b").remembered().isRemembered())
                .isTrue();
        assertThatThrownBy(() -> ProvenUser.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    private TestRequest serve(TestRequest request) {
        serving = Optional.of(CurrentRequest.serve(request.get(), response.get()));
        return request;
    }
}
