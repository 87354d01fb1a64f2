package dev.postern;

import java.util.Locale;

/** Why a session is over. */
public enum Ending {
    /** The user signed out. */
    SIGNED_OUT,
    /** Another user signed in over it. */
    REPLACED,
    /** It was ended from elsewhere, alone or with all others of its user. */
    REVOKED,
    /** A token was used that only a copy could still hold. */
    REUSED,
    /** The user has more sessions than allowed, or the sign-in that began the session failed after that. */
    EVICTED,
    /** The user does not exist any more. */
    USER_GONE,
    /** Its idle or absolute deadline has passed. */
    EXPIRED;

    /** The word by which the log calls it, {@code session_signed_out} for instance; always the same. */
    public String id() {
        return "session_" + name().toLowerCase(Locale.ROOT);
    }
}
