package dev.postern;

/**
 * Says which users need a second factor. With one CDI bean of this type a sign-in with the first factor alone begins no
 * session for them: it is <em>half-way</em>, and {@link SignIn#complete} completes it. Without such a bean one factor
 * is enough. Several stop the deployment.
 *
 * <p>It is asked at sign-in only. Sessions that began before go on, with the methods of their own sign-in. When a user
 * begins to need a second factor, call {@link Sessions#revokeAll} for that user, and put {@link Fresh
 * &#64;Fresh(by = "mfa")} on what must not be open without one.
 *
 * <p>Any exception makes the answer 503: while it is unknown whether a second factor is needed, no user is signed in.
 *
 * <p>Implementations are safe for concurrent use.
 */
@FunctionalInterface
public interface SecondFactor {

    /**
     * Whether the user needs a second factor to sign in. It is asked once the first factor is right and the
     * {@link CurrentUserLoader}, if there is one, knows the user; also by {@link SignIn#begin}, and not by
     * {@link SignIn#complete}.
     *
     * @param user the user as known now, with the {@linkplain ProvenUser#methods() methods} of the first factor
     */
    boolean isRequired(ProvenUser user);
}
