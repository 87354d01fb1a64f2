package dev.postern;

import java.util.Optional;

/**
 * Begins, reads and ends the login of the request, for applications that authenticate users in their own way: the
 * callback of an identity provider, a passkey, a mailed link. Inject it into a servlet, a JAX-RS resource or a JSF
 * bean. The counterpart of {@code create}, {@code fetch} and {@code delete} in Pow (Elixir).
 *
 * <p>{@link #begin} and {@link #end} need the thread of a request, and throw {@link IllegalStateException} elsewhere.
 * All methods throw {@link PosternException} when the cluster does not answer.
 *
 * <p>For one request thread.
 */
public interface SignIn {

    /**
     * Signs in a user whom the application has authenticated. No
     * {@link jakarta.security.enterprise.identitystore.IdentityStore IdentityStore} is asked, and no limit on failed
     * sign-ins applies. All else is as at any sign-in:
     *
     * <ul>
     *   <li>The same user goes on with the former session, under a new token. Another user's session ends.
     *   <li>The limits on sessions and sign-ins hold, and the {@link CurrentUserLoader} is asked.
     *   <li>The user is the caller of this request from then on, for {@link CurrentUser} and for the container.
     * </ul>
     *
     * <p>When the result is a refusal, the former login stays.
     *
     * @throws IllegalStateException when the response is committed, so that the client cannot get its token
     */
    Result begin(ProvenUser user);

    /** The session of this request. Empty for an anonymous caller, and outside a request. */
    Optional<Session> fetch();

    /**
     * Signs out, as {@link jakarta.servlet.http.HttpServletRequest#logout HttpServletRequest.logout()} and
     * {@code DELETE /postern/session} do. Without a login it removes the cookies of a former one. Idempotent.
     */
    void end();

    /** Why the last sign-in in this request has failed. Empty if none has, and outside a request. */
    Optional<SignInFailure> failure();

    /** The outcome of {@link #begin}. All but {@link #SIGNED_IN} are refusals. */
    enum Result {
        /** The user is the caller of this request and of those that follow. */
        SIGNED_IN,
        /** The {@link CurrentUserLoader} does not know the user, or the account is locked. */
        USER_GONE,
        /**
         * The user has signed in more often lately than {@code postern.sign-in.most-per-user} allows.
         * {@link #failure()} says how long to wait.
         */
        TOO_MANY_SIGN_INS,
        /** The user has as many sessions as {@code postern.session.max-per-user} allows, and the setting ends none. */
        TOO_MANY_SESSIONS,
        /** The request came over plain http, where {@code postern.cookie.plain-http} allows no token. */
        PLAIN_HTTP
    }
}
