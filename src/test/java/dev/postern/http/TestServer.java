package dev.postern.http;

import dev.postern.http.credential.DelayedAnswers;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.endpoint.PasswordSignIn;
import dev.postern.http.endpoint.SessionServlet;
import dev.postern.http.endpoint.SessionsServlet;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.throttle.ThrottleLimits;
import dev.postern.testing.Injection;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;

/**
 * A server around the logins of a desk: it asks the mechanism first, and then hands over to a page or to our endpoints. Everybody
 * has the password {@code right}.
 *
 * <p>For one thread.
 */
public final class TestServer {

    public static final String SESSION = "/postern/session";
    public static final String SESSIONS = "/postern/sessions";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final TestDesk desk;
    private final CrossSiteGuard guard;
    private final SessionMechanism mechanism;

    /** Failed sign-ins make nobody wait. */
    public TestServer(TestDesk desk, CrossSiteGuard guard) {
        this(desk, guard, Optional.empty());
    }

    public TestServer(TestDesk desk, CrossSiteGuard guard, Optional<ThrottleLimits> limits) {
        this.desk = desk;
        this.guard = guard;
        this.mechanism = desk.mechanism(
                desk.check(credential -> validate((UsernamePasswordCredential) credential), limits), guard);
    }

    /** A page whose answer names the user in the header {@code User}. */
    public TestResponse page(TestRequest request, boolean isProtected) {
        return serve(request, isProtected, new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void service(HttpServletRequest asked, HttpServletResponse response) {
                if (UnwrappedRequest.login(asked) instanceof RequestLogin.SignedIn login) {
                    response.setHeader("User", login.live().row().user().name());
                }
            }
        });
    }

    /** One of our endpoints. */
    public TestResponse endpoint(TestRequest request, String method, String path) {
        HttpServlet servlet = path.startsWith(SESSIONS) ? new SessionsServlet() : new SessionServlet();
        return serve(
                request.answer("getMethod", method)
                        .answer("getRequestURI", path)
                        .answer("servlet", path.startsWith(SESSIONS) ? "PosternSessions" : "PosternSession"),
                false,
                Injection.into(
                        servlet,
                        desk.authenticator,
                        desk.signOut,
                        desk.transport,
                        TestDesk.POLICY,
                        guard,
                        passwordSignIn(TestDesk.POLICY),
                        desk.noMechanism()));
    }

    /** What the endpoint signs in with. */
    public PasswordSignIn passwordSignIn(SignInPolicy policy) {
        return new PasswordSignIn(
                TestSecurityContext.of(mechanism), desk.transport, policy, guard, new DelayedAnswers());
    }

    /** The endpoint at which Ann signs in. */
    public TestResponse signIn(TestRequest request, String password) {
        return endpoint(request.body(FORM, "username=ann&password=" + password), "POST", SESSION);
    }

    private TestResponse serve(TestRequest asked, boolean isProtected, HttpServlet servlet) {
        TestResponse response = new TestResponse();
        HttpServletRequest request = new HttpServletRequestWrapper(asked.get()) {
            @Override
            public void logout() {
                desk.signOut.end(this, response.get());
            }
        };
        try {
            if (new TestMessageContext(request, isProtected).ask(mechanism, response)
                    != AuthenticationStatus.SEND_FAILURE) {
                servlet.service(request, response.get());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CredentialValidationResult validate(UsernamePasswordCredential credential) {
        return credential.getPasswordAsString().equals("right")
                ? new CredentialValidationResult(credential.getCaller(), Set.of("clerk"))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
