package dev.postern;

import java.util.Optional;

/**
 * Begins, fetches and ends the login of the request by calls, for applications that prove users in their own way: the
 * callback of an identity provider, a passkey, a link in a mail. Inject it into a servlet, a JAX-RS resource or a JSF
 * bean. Pow's {@code create}, {@code fetch} and {@code delete}.
 *
 * <p>All methods but {@link #fetch()} and {@link #failure()} need the thread of a request, and throw
 * {@link IllegalStateException} outside of one. They throw {@link PosternException} when the cluster does not answer.
 * For one request thread.
 */
public interface SignIn {

    /**
     * Signs in a user whom the application has authenticated; no identity store is asked, and no limit on failed
     * sign-ins applies. All else is as at any sign-in: the same user goes on with the former session under a new token,
     * another user's session ends, the limit on sessions holds, and the {@link CurrentUserLoader} is asked. From then
     * on the user is the caller of this request, for {@link CurrentUser} and for the container. Where the result is a
     * refusal, the former login stays.
     *
     * @throws IllegalStateException when the response is committed, so that the client could not be given its token
     */
    Result begin(ProvenUser user);

    /** The session of this request; empty for an anonymous caller, and outside a request. */
    Optional<Session> fetch();

    /**
     * Signs out, as {@code HttpServletRequest.logout()} and the endpoint do. Without a login it removes what is left of
     * one.
     */
    void end();

    /** Why the last sign-in in this request has failed; empty when none has. */
    Optional<SignInFailure> failure();

    /** What has come of a sign-in. */
    enum Result {
        /** The user is the caller of this request and of those that follow. */
        SIGNED_IN,
        /** The {@link CurrentUserLoader} knows no such user, or the account is locked. */
        USER_GONE,
        /**
         * The user has signed in more often lately than {@code postern.sign-in.most-per-user} allows;
         * {@link #failure()} says how long to wait.
         */
        TOO_MANY_SIGN_INS,
        /** The user has as many sessions as {@code postern.session.max-per-user} allows, and none gives way. */
        TOO_MANY_SESSIONS,
        /** The request came over plain http, where {@code postern.cookie.plain-http} allows no token. */
        PLAIN_HTTP
    }
}
