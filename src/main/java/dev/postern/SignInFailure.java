package dev.postern;

import java.time.Duration;

/**
 * Why a sign-in in this request has failed. When
 * {@link jakarta.security.enterprise.SecurityContext#authenticate SecurityContext.authenticate} returns
 * {@link jakarta.security.enterprise.AuthenticationStatus#SEND_FAILURE SEND_FAILURE}, it is the request attribute
 * {@link #ATTRIBUTE}, for the page that made the call. The status and the headers of the page stay as they are. The
 * attribute is absent if no sign-in has failed.
 *
 * <p>Other failures are exceptions of that call: {@link PosternException} when the cluster does not answer, and any
 * exception of the identity store.
 *
 * <p>Immutable.
 *
 * @param reason why
 * @param retryAfter how long to wait before the next attempt; zero unless the reason is {@link
 *     Reason#TOO_MANY_FAILURES} or {@link Reason#TOO_MANY_SIGN_INS}
 */
public record SignInFailure(Reason reason, Duration retryAfter) {

    /** The name of the request attribute. In a page: {@code requestScope['dev.postern.signInFailure']}. */
    public static final String ATTRIBUTE = "dev.postern.signInFailure";

    /** A failure without a time to wait. */
    public SignInFailure(Reason reason) {
        this(reason, Duration.ZERO);
    }

    /** Why a sign-in has failed. */
    public enum Reason {
        /**
         * The credential is wrong, or there is no such user. Also: the {@link CurrentUserLoader} no longer knows the
         * user, or all sessions of the user were ended while the credential was checked.
         */
        WRONG_CREDENTIAL,
        /** The {@link CurrentUserLoader} no longer knows the user of {@link SignIn#begin}, who needs no credential. */
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
        /** The request may come from a page of another site (CSRF). */
        OTHER_SITE,
        /** The first factor was right, and {@link SecondFactor} asks for another: see {@link SignIn#complete}. */
        SECOND_FACTOR,
        /** {@link SignIn#complete} was called, and this client has no sign-in that lacks its second factor. */
        NOT_HALF_WAY
    }
}
