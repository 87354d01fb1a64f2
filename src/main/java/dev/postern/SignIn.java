package dev.postern;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Begins, reads and ends the login of the request, for applications that authenticate users in their own way: the
 * callback of an identity provider, a passkey, a mailed link. Inject it into a servlet, a JAX-RS resource or a JSF
 * bean. The counterpart of {@code create}, {@code fetch} and {@code delete} in Pow (Elixir).
 *
 * <p>{@link #begin}, {@link #complete} and {@link #end} need the thread of a request, and throw
 * {@link IllegalStateException} elsewhere. All methods throw {@link PosternException} when the cluster does not answer.
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
     *   <li>A {@link SecondFactor} may ask for a second factor: {@link Result#SECOND_FACTOR}.
     *   <li>The user is the caller of this request from then on, for {@link CurrentUser} and for the container.
     * </ul>
     *
     * <p>When the result is a refusal, the former login stays.
     *
     * @throws IllegalStateException when the response is committed, so that the client cannot get its token; and when
     *     the user was {@linkplain ProvenUser#by(ProviderLogin) proven by a provider} other than the one in the setting
     *     {@code postern.back-channel-logout.issuer}, which could not end the session
     */
    Result begin(ProvenUser user);

    /**
     * The user of this client's sign-in that lacks its second factor, with the methods proven so far. The user is not
     * the caller: until {@link #complete} the request is anonymous, or has its former login. Empty if there is none, if
     * it is over, also after five wrong attempts, and outside a request. It is there from the request after the first
     * factor on.
     */
    Optional<ProvenUser> halfWay();

    /**
     * Completes the sign-in of {@link #halfWay()}, if the second factor is right. The session begins as with
     * {@link #begin}, with the methods of both factors, and {@code mfa}. That is left out only if the second
     * factor names the very methods of the first.
     *
     * <p>The check is called at most once, on this thread, and only if the limits on failed sign-ins admit an attempt.
     * So guesses are bounded: a wrong factor counts as a failed sign-in of that user and address, and second factors of
     * the user from all addresses have a limit of their own. After five wrong ones the user begins again with the first
     * factor. A sign-in is completed once: of two completions at the same moment, one is {@link Result#NOT_HALF_WAY}.
     *
     * <p>An exception or error of the check passes. It counts as an attempt and as a failed sign-in.
     *
     * @param check whether the second factor is right
     * @param methods how the second factor proves the user, such as {@code otp}: see {@link AuthenticationMethods}
     * @throws IllegalArgumentException if a method is none, or there are too many
     * @throws IllegalStateException when the response is committed
     */
    Result complete(BooleanSupplier check, String... methods);

    /** The session of this request. Empty for an anonymous caller, and outside a request. */
    Optional<Session> fetch();

    /**
     * Signs out, as {@link jakarta.servlet.http.HttpServletRequest#logout HttpServletRequest.logout()} and
     * {@code DELETE /postern/session} do. Without a login it removes the cookies of a former one. A
     * sign-in that lacks its second factor is given up. Idempotent.
     */
    void end();

    /** Why the last sign-in in this request has failed. Empty if none has, and outside a request. */
    Optional<SignInFailure> failure();

    /** The outcome of {@link #begin} and {@link #complete}. All but {@link #SIGNED_IN} are refusals. */
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
        PLAIN_HTTP,
        /** Of {@link #begin}: the user needs a second factor, and {@link #complete} completes the sign-in. */
        SECOND_FACTOR,
        /** Of {@link #complete}: this client has no sign-in that lacks its second factor, or it is over. */
        NOT_HALF_WAY,
        /** Of {@link #complete}: the second factor is wrong, or all sessions of the user were ended meanwhile. */
        WRONG_FACTOR,
        /**
         * Of {@link #complete}: too many sign-ins have failed, or are being checked. {@link #failure()} says how long
         * to wait.
         */
        TOO_MANY_FAILURES,
        /** Of {@link #complete}: the request may come from a page of another site (CSRF). */
        OTHER_SITE
    }
}
