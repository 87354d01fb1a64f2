package dev.postern.http;

import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.SignInFailure;
import dev.postern.http.ApplicationRequest.AuthenticateCall;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.server.WildFlyJaspi;
import dev.postern.session.request.HalfWayLookup;
import dev.postern.session.request.RequestLogin;
import dev.postern.testing.TestContainerSession;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of requests where the application has a mechanism of its own. */
class ApplicationMechanismTest {

    private static final AuthenticationStatus IN = AuthenticationStatus.SUCCESS;
    private static final AuthenticationStatus REFUSED = AuthenticationStatus.SEND_FAILURE;
    private static final AuthenticationStatus NOT_DONE = AuthenticationStatus.NOT_DONE;
    private static final AuthenticationStatus CONTINUE = AuthenticationStatus.SEND_CONTINUE;

    private final TestDesk desk = new TestDesk();
    private final TestResponse response = new TestResponse();
    private final List<String> calls = new ArrayList<>();

    /** What the application's mechanism does when it is asked. */
    private interface Script {

        AuthenticationStatus run(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
                throws Exception;
    }

    private SessionMechanism with(Script script) {
        HttpAuthenticationMechanism own = new HttpAuthenticationMechanism() {
            @Override
            public AuthenticationStatus validateRequest(
                    HttpServletRequest request, HttpServletResponse answer, HttpMessageContext context)
                    throws AuthenticationException {
                calls.add("asked");
                try {
                    return script.run(request, answer, context);
                } catch (AuthenticationException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void cleanSubject(
                    HttpServletRequest request, HttpServletResponse answer, HttpMessageContext context) {
                calls.add(
                        "forgot " + response.headers("Set-Cookie").size() + " " + (request.getSession(false) != null));
            }
        };
        return desk.mechanism(
                desk.check(credential -> CredentialValidationResult.INVALID_RESULT),
                desk.guard,
                desk.mechanismOfTheApplication(Optional.of(own), desk.guard));
    }

    private static AuthenticationStatus ann(HttpMessageContext context) {
        return context.notifyContainerAboutLogin("ann", Set.of("clerk"));
    }

    private AuthenticationStatus ask(Script script, TestRequest request) {
        return new TestMessageContext(request.get(), false).ask(with(script), response);
    }

    private List<String> cookies() {
        return response.headers("Set-Cookie");
    }

    @Test
    void asksNobodyWhileASessionLives() {
        TestRequest request = withCookie(desk.cookieOfAnn());

        assertThat(ask((asked, answer, context) -> ann(context), request)).isEqualTo(IN);

        assertThat(calls).isEmpty();
        assertThat(cookies()).isEmpty();
    }

    @Test
    @Tag("C19")
    void leavesNoSessionWhereTheServerIsNotSetUpForUsers() {
        TestRequest request = TestDesk.anonymous().ofApplicationWith(WildFlyJaspi.DOMAIN, "shop");

        AuthenticationStatus status = new TestMessageContext(request.get(), true)
                .refusingUsers()
                .ask(with((asked, answer, context) -> ann(context)), response);

        assertThat(status).isEqualTo(REFUSED);
        assertThat(response.status()).isEqualTo(503);
        assertThat(cookies()).allMatch(line -> line.contains("; Max-Age=0;"));
        assertThat(desk.keeper.userSessions().of("ann")).isEmpty();
    }

    @Test
    void asksWhenTheSessionIsOver() {
        String cookie = desk.cookieOfAnn();
        desk.signOut(withCookie(cookie));

        assertThat(ask((asked, answer, context) -> context.doNothing(), withCookie(cookie)))
                .isEqualTo(NOT_DONE);

        assertThat(calls).containsExactly("asked");
        assertThat(cookies()).isEmpty();
    }

    @Test
    void beginsASessionForTheCallerWhomTheMechanismNames() {
        TestRequest request = TestDesk.anonymous();
        TestMessageContext context = new TestMessageContext(request.get(), false);
        SessionMechanism mechanism = with((asked, answer, own) -> {
            AuthenticationStatus status = ann(own);
            assertThat(context.told()).isEmpty();
            assertThat(own.getCallerPrincipal().getName()).isEqualTo("ann");
            assertThat(own.getGroups()).containsExactly("clerk");
            return status;
        });

        assertThat(context.ask(mechanism, response)).isEqualTo(IN);

        assertThat(cookies()).hasSize(1);
        assertThat(context.told()).contains(new TestMessageContext.Told("ann", Set.of("clerk")));
        assertThat(UnwrappedRequest.login(request.get())
                        .session()
                        .orElseThrow()
                        .user()
                        .name())
                .isEqualTo("ann");
        assertThat(resumed()).isEqualTo("ann");
    }

    private String resumed() {
        String line = cookies().get(0);
        return desk.resume(withCookie(line.substring(TestDesk.COOKIE.length() + 1, line.indexOf(';'))))
                .user();
    }

    @Test
    @Tag("S-17")
    void requestsThatProveTheCallerAgainAreAnonymousWhileTheSecondFactorIsMissing() {
        desk.asked = Optional.of(user -> true);
        assertThat(ask((asked, answer, context) -> ann(context), TestDesk.anonymous()))
                .isEqualTo(REFUSED);
        assertThat(response.status()).isEqualTo(401);
        String half = cookies().get(0).substring(0, cookies().get(0).indexOf(';'));

        TestResponse open = new TestResponse();
        TestRequest request = new TestRequest().header("Cookie", half);
        AuthenticationStatus status =
                new TestMessageContext(request.get(), false).ask(with((asked, answer, context) -> ann(context)), open);

        assertThat(status).isEqualTo(NOT_DONE);
        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.Anonymous.class);
        assertThat(HalfWayLookup.isHalfWay(request.get().getAttribute(HalfWayLookup.ATTRIBUTE)))
                .isTrue();
        assertThat(open.headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Tag("S-17")
    void pageThatRequiresAUserIs401WhileTheSecondFactorIsMissingAndTheSignInGoesOn() {
        desk.asked = Optional.of(user -> true);
        ask((asked, answer, context) -> ann(context), TestDesk.anonymous());
        String half = cookies().get(0).substring(0, cookies().get(0).indexOf(';'));

        TestResponse guarded = new TestResponse();
        TestRequest request = new TestRequest().header("Cookie", half);
        AuthenticationStatus status = new TestMessageContext(request.get(), true)
                .ask(with((asked, answer, context) -> ann(context)), guarded);

        assertThat(status).isEqualTo(REFUSED);
        assertThat(guarded.status()).isEqualTo(401);
        assertThat(guarded.headers("WWW-Authenticate"))
                .containsExactly("Postern error=\"insufficient_user_authentication\", acr_values=\"mfa\"");
        assertThat(guarded.headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Tag("S-17")
    void callerWhoIsNotTheOneThatIsHalfWayBeginsAnew() {
        desk.asked = Optional.of(user -> true);
        ask((asked, answer, context) -> ann(context), TestDesk.anonymous());
        String half = cookies().get(0).substring(0, cookies().get(0).indexOf(';'));

        TestResponse other = new TestResponse();
        AuthenticationStatus status = new TestMessageContext(
                        new TestRequest().header("Cookie", half).get(), false)
                .ask(with((asked, answer, context) -> context.notifyContainerAboutLogin("bob", Set.of())), other);

        assertThat(status).isEqualTo(REFUSED);
        assertThat(other.status()).isEqualTo(401);
        assertThat(other.headers("Set-Cookie")).hasSize(1);
    }

    @Test
    void beginsASessionBeforeARedirectOfTheContext() {
        assertThat(ask(
                        (asked, answer, context) -> {
                            ann(context);
                            return context.redirect("/home");
                        },
                        TestDesk.anonymous()))
                .isEqualTo(CONTINUE);

        assertThat(response.headers("Location")).containsExactly("/home");
        assertThat(resumed()).isEqualTo("ann");
    }

    @Test
    void beginsASessionBeforeARedirectOfTheResponse() {
        assertThat(ask(
                        (asked, answer, context) -> {
                            ann(context);
                            answer.sendRedirect("/home");
                            return CONTINUE;
                        },
                        TestDesk.anonymous()))
                .isEqualTo(CONTINUE);

        assertThat(response.headers("Location")).containsExactly("/home");
        assertThat(resumed()).isEqualTo("ann");
    }

    @Test
    void redirectWithoutACallerIsARedirect() {
        assertThat(ask((asked, answer, context) -> context.redirect("/login"), TestDesk.anonymous()))
                .isEqualTo(CONTINUE);

        assertThat(response.headers("Location")).containsExactly("/login");
        assertThat(cookies()).isEmpty();
    }

    @Test
    void beginsNothingForAProofThatIsTakenBack() {
        for (Script script : List.<Script>of(
                (asked, answer, context) -> {
                    ann(context);
                    return REFUSED;
                },
                (asked, answer, context) -> {
                    ann(context);
                    return context.doNothing();
                },
                (asked, answer, context) -> {
                    ann(context);
                    context.cleanClientSubject();
                    return IN;
                },
                (asked, answer, context) -> {
                    ann(context);
                    return NOT_DONE;
                })) {
            TestRequest request = TestDesk.anonymous();
            ask(script, request);
            assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.Anonymous.class);
        }
        assertThat(cookies()).isEmpty();
    }

    @Test
    void passesExceptionsOnAndBeginsNothing() {
        SessionMechanism mechanism = with((asked, answer, context) -> {
            ann(context);
            throw new AuthenticationException("torn");
        });
        TestRequest request = TestDesk.anonymous();

        assertThatThrownBy(() -> mechanism.validateRequest(
                        request.get(), response.get(), new TestMessageContext(request.get(), false).get()))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("torn");

        assertThat(cookies()).isEmpty();
    }

    @Test
    void asksNobodyAboutASessionThatCannotBeJudged() {
        TestRequest request = withCookie(desk.cookieOfAnn());
        desk.sessions.twin().setBroken(true);

        assertThat(ask((asked, answer, context) -> ann(context), request)).isEqualTo(NOT_DONE);

        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.Unavailable.class);
        assertThat(calls).isEmpty();
        assertThat(cookies()).isEmpty();
    }

    @Test
    void answers503ToALoginFormWhoseSessionCannotBeJudged() {
        TestRequest request = withCookie(desk.cookieOfAnn()).answer("getRequestURI", "/shop/j_security_check");
        desk.sessions.twin().setBroken(true);

        assertThat(ask((asked, answer, context) -> ann(context), request)).isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(503);
        assertThat(calls).isEmpty();
    }

    @Test
    void answers503WhenNoSessionCanBegin() {
        desk.sessions.twin().setBroken(true);
        TestRequest request = TestDesk.anonymous();
        TestMessageContext context = new TestMessageContext(request.get(), false);

        assertThat(context.ask(with((asked, answer, own) -> ann(own)), response))
                .isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).hasSize(1);
        assertThat(cookies()).isEmpty();
        assertThat(context.told()).isEmpty();
        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.Unavailable.class);
    }

    @Test
    void redirectsNobodyForWhomNoSessionCanBegin() {
        desk.sessions.twin().setBroken(true);

        assertThat(ask(
                        (asked, answer, context) -> {
                            ann(context);
                            return context.redirect("/home");
                        },
                        TestDesk.anonymous()))
                .isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Location")).isEmpty();
    }

    @Test
    void leavesAFailureInTheCallOfAnApplicationToTheApplication() {
        TestRequest request = TestDesk.anonymous().plain("shop.example", "192.0.2.1");
        AuthenticateCall call = AuthenticateCall.begin(request.get());

        assertThat(ask((asked, answer, context) -> ann(context), request)).isEqualTo(REFUSED);

        call.end();
        assertThat(response.status()).isEqualTo(200);
        assertThat(SignInOutcome.failure(request.get()).orElseThrow().reason())
                .isEqualTo(SignInFailure.Reason.PLAIN_HTTP);
    }

    @Test
    void asksTheMechanismAboutACredentialAndShowsItNoFormerCaller() {
        TestRequest request = withCookie(desk.cookieOfAnn()).answer("getUserPrincipal", (Principal) () -> "ann");
        UsernamePasswordCredential credential = new UsernamePasswordCredential("bob", "right");
        TestMessageContext context = new TestMessageContext(
                request.get(), AuthenticationParameters.withParams().credential(credential));
        HttpServletRequest[] seen = new HttpServletRequest[1];
        SessionMechanism mechanism = with((asked, answer, own) -> {
            seen[0] = own.getRequest();
            assertThat(asked.getUserPrincipal()).isNull();
            assertThat(own.getRequest().getUserPrincipal()).isNull();
            assertThat(own.getAuthParameters().getCredential()).isSameAs(credential);
            return own.notifyContainerAboutLogin(new CredentialValidationResult("bob", Set.of()));
        });

        assertThat(context.ask(mechanism, response)).isEqualTo(IN);

        assertThat(resumed()).isEqualTo("bob");
        assertThat(seen[0].getUserPrincipal()).isNotNull();
    }

    @Test
    void letsTheServerRegisterNoSessionOfItsOwn() {
        TestMessageContext context = new TestMessageContext(TestDesk.anonymous().get(), false);
        SessionMechanism mechanism = with((asked, answer, own) -> {
            own.setRegisterSession("ann", Set.of());
            own.getMessageInfo().getMap().put("jakarta.servlet.http.registerSession", "true");
            return ann(own);
        });

        assertThat(context.ask(mechanism, response)).isEqualTo(IN);

        assertThat(context.info()).isEmpty();
    }

    @Test
    void refusesAProofThatAnotherSitesPageHasSent() {
        TestRequest request = TestDesk.anonymous().answer("getMethod", "POST").header("Sec-Fetch-Site", "cross-site");

        assertThat(ask((asked, answer, context) -> ann(context), request)).isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(403);
        assertThat(cookies()).isEmpty();
    }

    /** Soteria would bring it again, and sign in by it after all that was against it is over. */
    @Test
    void keepsNoProofOfACallerWhoIsRefused() {
        TestContainerSession containers = new TestContainerSession();
        containers.get().setAttribute("org.glassfish.soteria.authentication", "ann");
        TestRequest request = TestDesk.anonymous()
                .with(containers)
                .answer("getMethod", "POST")
                .header("Sec-Fetch-Site", "cross-site");

        assertThat(ask((asked, answer, context) -> ann(context), request)).isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(403);
        assertThat(containers.isOver()).isTrue();
    }

    /** Soteria would keep it, and carry it out after the user has signed in. */
    @Test
    void doesNotAskAboutAGuardedRequestThatAnotherSitesPageHasSent() {
        TestRequest request = TestDesk.anonymous().answer("getMethod", "POST").header("Sec-Fetch-Site", "cross-site");
        TestMessageContext guarded = new TestMessageContext(request.get(), true);

        assertThat(guarded.ask(with((asked, answer, context) -> context.redirect("/login")), response))
                .isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(403);
        assertThat(calls).isEmpty();
    }

    @Test
    void remembersWhomTheMechanismAsksToRemember() {
        assertThat(ask(
                        (asked, answer, context) -> {
                            context.getAuthParameters().setRememberMe(true);
                            return ann(context);
                        },
                        TestDesk.anonymous()))
                .isEqualTo(IN);

        assertThat(cookies().get(0)).contains("Max-Age=");
    }

    @Test
    void endsTheSessionBeforeTheMechanismForgetsAndTheContainersSessionAfterIt() {
        TestContainerSession containers = new TestContainerSession();
        TestRequest request = withCookie(desk.cookieOfAnn()).with(containers);
        SessionMechanism mechanism = with((asked, answer, context) -> ann(context));

        mechanism.cleanSubject(request.get(), response.get(), new TestMessageContext(request.get(), false).get());

        assertThat(calls).containsExactly("forgot 1 true");
        assertThat(containers.isOver()).isTrue();
        assertThat(cookies().get(0)).contains("Max-Age=0");
    }

    @Test
    void leavesWhatTheMechanismHoldsAloneWhenTheSessionCannotBeEnded() {
        TestRequest request = withCookie(desk.cookieOfAnn());
        SessionMechanism mechanism = with((asked, answer, context) -> ann(context));
        desk.sessions.twin().setBroken(true);

        assertThatThrownBy(() -> mechanism.cleanSubject(
                        request.get(), response.get(), new TestMessageContext(request.get(), false).get()))
                .isInstanceOf(PosternException.class);

        assertThat(calls).isEmpty();
        assertThat(cookies()).isEmpty();
    }

    /** Soteria leads to the error page when the mechanism refuses after it has named a caller. */
    @Test
    void beginsNothingBeforeTheRedirectToAnErrorPage() {
        TestContainerSession containers = new TestContainerSession();
        containers.get().setAttribute("org.glassfish.soteria.original.request", "/order");

        assertThat(ask(
                        (asked, answer, context) -> {
                            ann(context);
                            return context.redirect("/failed");
                        },
                        TestDesk.anonymous().with(containers)))
                .isEqualTo(CONTINUE);

        assertThat(response.headers("Location")).containsExactly("/failed");
        assertThat(cookies()).isEmpty();
    }

    @Test
    void asksOnceMoreWhileTheRequestOfAProvenCallerWaits() {
        TestContainerSession containers = new TestContainerSession();
        containers.get().setAttribute("org.glassfish.soteria.original.request", "/order");
        containers.get().setAttribute("org.glassfish.soteria.authentication", "ann");
        containers.get().setAttribute(ContainerHttpSession.USER, userHandleOfAnn());
        TestRequest request = withCookie(desk.cookieOfAnn()).with(containers);
        TestMessageContext context = new TestMessageContext(request.get(), true);
        SessionMechanism mechanism = with((asked, answer, own) -> {
            assertThat(own.isProtected()).isFalse();
            return own.doNothing();
        });

        assertThat(context.ask(mechanism, response)).isEqualTo(IN);

        assertThat(calls).containsExactly("asked");
        assertThat(context.told()).contains(new TestMessageContext.Told("ann", Set.of("clerk")));
        assertThat(cookies()).isEmpty();
    }

    private String userHandleOfAnn() {
        return ((RequestLogin.SignedIn)
                        desk.resume(withCookie(desk.cookieOfAnn())).login())
                .live()
                .userHandle()
                .text();
    }

    /** The dialogue of a mechanism is in a session that no user owns, also when the client still has a former user's token. */
    @Test
    void keepsTheContainersSessionInWhichTheDialogueIs() {
        String cookie = desk.signIn(TestDesk.anonymous(), TestDesk.BOB, false).cookie();
        desk.signOut(withCookie(cookie));
        TestContainerSession containers = new TestContainerSession();

        assertThat(ask(
                        (asked, answer, context) -> ann(context),
                        withCookie(cookie).with(containers)))
                .isEqualTo(IN);

        assertThat(containers.isOver()).isFalse();
        assertThat(containers.get().getAttribute(ContainerHttpSession.USER)).isNotNull();
    }
}
