package dev.postern.http;

import dev.postern.Challenge;
import dev.postern.SignInFailure;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.answer.RequestRejection;
import dev.postern.session.request.RequestLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The answer to a client whose sign-in has failed, where the application does not write one. */
public final class SignInRefusal {

    private static final String WRONG = "The user name or the password is wrong.";
    private static final String TOO_MANY =
            "Too many sign-ins have failed, or are being checked. Try again after the time that Retry-After says.";

    private SignInRefusal() {}

    /** Answers the last sign-in of this request, which has failed. */
    public static void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(
                SignInOutcome.failure(request)
                        .orElseGet(() -> new SignInFailure(SignInFailure.Reason.WRONG_CREDENTIAL)),
                response);
    }

    /** Answers a sign-in that has failed. */
    public static void write(SignInFailure failure, HttpServletResponse response) throws IOException {
        switch (failure.reason()) {
            case WRONG_CREDENTIAL, USER_GONE -> ErrorAnswer.unauthorized(new RequestLogin.Anonymous(), response, WRONG);
            case TOO_MANY_FAILURES -> ErrorAnswer.tooMany(response, failure.retryAfter(), TOO_MANY);
            case TOO_MANY_SIGN_INS ->
                ErrorAnswer.tooMany(
                        response,
                        failure.retryAfter(),
                        "You sign in too often. Try again after the time that Retry-After says.");
            case TOO_MANY_SESSIONS ->
                ErrorAnswer.CONFLICT.write(
                        response, "You are signed in as often as allowed. Sign out elsewhere, and then sign in again.");
            case PLAIN_HTTP -> plainHttp(response);
            case SECOND_FACTOR, NOT_HALF_WAY -> {
                response.setHeader(Challenge.HEADER, Challenge.SECOND_FACTOR);
                ErrorAnswer.UNAUTHORIZED.write(response, "A second factor is needed to sign in.");
            }
            case OTHER_SITE -> RequestRejection.OTHER_SITE.write(response);
        }
    }

    /** Answers a client whose token may not travel. */
    public static void plainHttp(HttpServletResponse response) throws IOException {
        ErrorAnswer.FORBIDDEN.write(
                response,
                "This request came over plain http. Use https, or say with the setting postern.cookie.plain-http where"
                        + " plain http is safe.");
    }
}
