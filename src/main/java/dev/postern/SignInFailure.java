package dev.postern;

import java.time.Duration;

/**
 * Why a sign-in in this request has failed. Where {@code SecurityContext.authenticate} answers {@code SEND_FAILURE} it
 * stands in the request attribute {@link #ATTRIBUTE}, for the page that called it; the status and the headers of the
 * page stay as they are.
 *
 * <p>Other failures are exceptions of that call: {@link PosternException} when the cluster does not answer, and any
 * exception of the identity store.
 *
 * <p>Immutable.
 *
 * @param reason what is wrong
 * @param retryAfter how long to wait before the next attempt; zero unless the reason is {@link
 *     Reason#TOO_MANY_FAILURES} or {@link Reason#TOO_MANY_SIGN_INS}
 */
public record SignInFailure(Reason reason, Duration retryAfter) {

    /** The request attribute under which it stands: {@code requestScope['dev.postern.signInFailure']} in a page. */
    public static final String ATTRIBUTE = "dev.postern.signInFailure";

    /** A failure after which there is no time to wait. */
    public SignInFailure(Reason reason) {
        this(reason, Duration.ZERO);
    }

    /** What is wrong with a sign-in. */
    public enum Reason {
        /**
         * The credential is wrong, or there is no such user, or the application no longer knows the user, or all
         * sessions of the user were ended while the credential was checked.
         */
        WRONG_CREDENTIAL,
        /** The application no longer knows a user of {@link SignIn#begin}, who needs no credential. */
        USER_GONE,
        /**
         * Too many sign-ins have failed, or are being checked. The answer does not say whether the credential is right.
         */
        TOO_MANY_FAILURES,
        /**
         * The credential was right, and the user has signed in more often lately than
         * {@code postern.sign-in.most-per-user} allows.
         */
        TOO_MANY_SIGN_INS,
        /** The user has as many sessions as {@code postern.session.max-per-user} allows. */
        TOO_MANY_SESSIONS,
        /** The request came over plain http, where {@code postern.cookie.plain-http} allows no token. */
        PLAIN_HTTP,
        /** The request may come from another site's page. */
        OTHER_SITE
    }
}
