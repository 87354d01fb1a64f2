package dev.postern;

import java.util.Locale;

/**
 * Why a session is over.
 *
 * <p>Immutable.
 */
public enum Ending {
    /** The user signed out. */
    SIGNED_OUT,
    /** Another user signed in over it. */
    REPLACED,
    /** It was ended by {@link Sessions} or {@link SignOutEverywhere}, alone or with others of its user. */
    REVOKED,
    /** A token was presented that only a thief can still hold. */
    REUSED,
    /** The user has more sessions than allowed, or the sign-in that began the session failed after that. */
    EVICTED,
    /** The {@link CurrentUserLoader} no longer knows the user, or the account is locked. */
    USER_GONE,
    /** Its idle or absolute deadline has passed. */
    EXPIRED,
    /** The identity provider said that the user has signed out there (OpenID Connect Back-Channel Logout). */
    SIGNED_OUT_AT_PROVIDER;

    /** The id in the log, {@code session_signed_out} for instance. It stays the same from version to version. */
    public String id() {
        return "session_" + name().toLowerCase(Locale.ROOT);
    }
}
