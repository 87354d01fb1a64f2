package dev.postern.http.endpoint;

import dev.postern.SignInFailure;
import dev.postern.http.ApplicationMechanism;
import dev.postern.http.SignInRefusal;
import dev.postern.http.SignOut;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.LiveSession;
import dev.postern.session.request.RequestLogin;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The endpoint {@code /postern/session}: {@code POST} signs in, {@code GET} shows the current session without extending
 * it, {@code DELETE} signs out. The first part of the path is {@code /postern} unless the setting {@code
 * postern.endpoints.path} says otherwise.
 *
 * <p>Safe for concurrent use.
 */
public class SessionServlet extends HttpServlet {

    private static final String METHODS = "GET, HEAD, POST, DELETE, OPTIONS";
    private static final String METHODS_BESIDE_A_MECHANISM = "GET, HEAD, DELETE, OPTIONS";

    @Inject
    private transient PasswordSignIn signIn;

    @Inject
    private transient SignOut signOut;

    @Inject
    private transient TokenTransport transport;

    @Inject
    private transient CrossSiteGuard guard;

    @Inject
    private transient ApplicationMechanism mechanism;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Cors.claim(request);
        super.service(request, response);
    }

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        Cors.answerOptions(request, response, methods());
    }

    private String methods() {
        return mechanism.isPresent() ? METHODS_BESIDE_A_MECHANISM : METHODS;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (mechanism.isPresent()) { // a password here could go round what the mechanism asks for
            response.setHeader("Allow", methods());
            ErrorAnswer.METHOD_NOT_ALLOWED.write(
                    response, "Sign in the way of this application, which has an authentication mechanism of its own.");
            return;
        }
        signIn.signIn(request, response, new PasswordSignIn.Answers() {
            @Override
            public void signedIn() throws IOException {
                answer(HttpServletResponse.SC_CREATED, request, response);
            }

            @Override
            public void failed(SignInFailure failure) throws IOException {
                SignInRefusal.write(failure, response);
            }

            @Override
            public void malformed(String sentence) throws IOException {
                ErrorAnswer.BAD_REQUEST.write(response, sentence);
            }

            @Override
            public void unavailable() throws IOException {
                ErrorAnswer.unavailable(response);
            }
        });
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(HttpServletResponse.SC_OK, request, response);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (!transport.mayTravel(request)) {
            SignInRefusal.plainHttp(response);
            return;
        }
        signOut.answer(request, response);
    }

    private void answer(int status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestLogin login = UnwrappedRequest.login(request);
        if (login instanceof RequestLogin.SignedIn signedIn) {
            LiveSession session = signedIn.live();
            ErrorAnswer.write(
                    response,
                    status,
                    "application/json",
                    SessionJson.ofCurrent(session.toSession(), guard.csrfToken(session)));
        } else if (login instanceof RequestLogin.Unavailable) {
            ErrorAnswer.unavailable(response);
        } else {
            ErrorAnswer.unauthorized(login, response);
        }
    }
}
