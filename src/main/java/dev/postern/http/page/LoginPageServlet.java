package dev.postern.http.page;

import dev.postern.Challenge;
import dev.postern.SignInFailure;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.endpoint.PasswordSignIn;
import dev.postern.http.page.LoginTexts.Texts;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.ReturnAddress;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.session.request.AccessError;
import dev.postern.session.request.RequestLogin;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;

/**
 * The login page {@code /postern/login}: {@code GET} shows it, {@code POST} signs in and sends the browser where it
 * came from. It has no script. Its style sheet is {@code /postern/login.css}, or the file {@code postern-login.css} on
 * the class path of the application.
 *
 * <p>Safe for concurrent use.
 */
public class LoginPageServlet extends HttpServlet {

    /**
     * Nothing but our style sheet and the application's pictures; and no page may show this one in a frame. There is no
     * {@code form-action}: some browsers hold it against the redirects after the form too, and an application may
     * redirect to another host.
     */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String STYLE_AGE = "max-age=600";

    @Inject
    private transient PasswordSignIn signIn;

    @Inject
    private transient SignInPolicy policy;

    @Inject
    private transient EndpointPaths paths;

    private transient LoginTexts texts = LoginTexts.of(name -> null);
    private transient byte[] style = {};

    /** Reads the files of the application, which stay the same while it runs. */
    @Override
    public void init() {
        ClassLoader application = getServletContext().getClassLoader();
        texts = LoginTexts.of(application::getResourceAsStream);
        try (InputStream theirs = application.getResourceAsStream("postern-login.css");
                InputStream ours = LoginPageServlet.class.getResourceAsStream("login.css")) {
            style = Objects.requireNonNull(theirs == null ? ours : theirs).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet of the login page cannot be read.", e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals(paths.loginStyle())) {
            response.setHeader("Cache-Control", STYLE_AGE);
            write("text/css;charset=UTF-8", style, response);
        } else if (UnwrappedRequest.login(request) instanceof RequestLogin.Unavailable) {
            refuseUnavailable(page(request), response);
        } else {
            show(HttpServletResponse.SC_OK, page(request), Optional.empty(), response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LoginPage page = page(request);
        String home = request.getServletContext().getContextPath() + "/";
        signIn.signIn(request, response, new PasswordSignIn.Answers() {
            @Override
            public void signedIn() throws IOException {
                if (UnwrappedRequest.login(request) instanceof RequestLogin.SignedIn) {
                    CacheHeaders.mark(response);
                    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
                    response.setHeader(
                            "Location", page.goal().map(ReturnAddress::path).orElse(home));
                } else {
                    unavailable();
                }
            }

            @Override
            public void failed(SignInFailure failure) throws IOException {
                refuse(failure, page, request, response);
            }

            @Override
            public void malformed(String sentence) throws IOException {
                show(
                        HttpServletResponse.SC_BAD_REQUEST,
                        page,
                        Optional.of(page.texts().get("malformed")),
                        response);
            }

            @Override
            public void unavailable() throws IOException {
                refuseUnavailable(page, response);
            }
        });
    }

    private LoginPage page(HttpServletRequest request) {
        Texts language = texts.in(
                request.getHeader("Accept-Language") == null
                        ? Collections.emptyList()
                        : Collections.list(request.getLocales()));
        return new LoginPage(language, ReturnAddress.ofQuery(request.getQueryString()), policy.mayBeRemembered());
    }

    private void refuse(SignInFailure failure, LoginPage page, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Texts texts = page.texts();
        switch (failure.reason()) {
            case WRONG_CREDENTIAL, USER_GONE -> {
                ErrorAnswer.header(AccessError.UNAUTHORIZED, new RequestLogin.Anonymous(), response);
                show(HttpServletResponse.SC_UNAUTHORIZED, page, Optional.of(texts.get("wrong")), response);
            }
            case SECOND_FACTOR, NOT_HALF_WAY -> askForSecondFactor(page, request, response);
            case TOO_MANY_FAILURES ->
                refuseUntil(failure, texts.after("throttled", failure.retryAfter()), page, response);
            case TOO_MANY_SIGN_INS -> refuseUntil(failure, texts.after("often", failure.retryAfter()), page, response);
            case TOO_MANY_SESSIONS ->
                show(HttpServletResponse.SC_CONFLICT, page, Optional.of(texts.get("sessions")), response);
            case PLAIN_HTTP ->
                show(HttpServletResponse.SC_FORBIDDEN, page, Optional.of(texts.get("plain-http")), response);
            case OTHER_SITE ->
                show(HttpServletResponse.SC_FORBIDDEN, page, Optional.of(texts.get("other-site")), response);
        }
    }

    /** Sends the browser to the page of the application that asks for the second factor, if there is one. */
    private void askForSecondFactor(LoginPage page, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<String> asking = policy.second().page();
        if (asking.isPresent()) {
            CacheHeaders.mark(response);
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(
                    "Location",
                    request.getServletContext().getContextPath()
                            + asking.get()
                            + page.goal().map(ReturnAddress::query).orElse(""));
        } else {
            response.setHeader(Challenge.HEADER, Challenge.SECOND_FACTOR);
            show(
                    HttpServletResponse.SC_UNAUTHORIZED,
                    page,
                    Optional.of(page.texts().get("second-factor")),
                    response);
        }
    }

    private static void refuseUntil(
            SignInFailure failure, String sentence, LoginPage page, HttpServletResponse response) throws IOException {
        ErrorAnswer.retryAfter(response, failure.retryAfter());
        show(ErrorAnswer.TOO_MANY_REQUESTS.status(), page, Optional.of(sentence), response);
    }

    private static void refuseUnavailable(LoginPage page, HttpServletResponse response) throws IOException {
        ErrorAnswer.header(AccessError.UNAVAILABLE, new RequestLogin.Anonymous(), response);
        show(
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                page,
                Optional.of(page.texts().get("unavailable")),
                response);
    }

    private static void show(int status, LoginPage page, Optional<String> message, HttpServletResponse response)
            throws IOException {
        CacheHeaders.mark(response);
        response.setStatus(status);
        response.setHeader("Content-Language", page.texts().locale().toLanguageTag());
        write("text/html;charset=UTF-8", page.html(message).getBytes(StandardCharsets.UTF_8), response);
    }

    private static void write(String type, byte[] body, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
