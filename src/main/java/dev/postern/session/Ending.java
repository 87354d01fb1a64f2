package dev.postern.session;

/** Why a session is over. The code stands in the row. */
public enum Ending {
    /** The user signed out. */
    SIGNED_OUT(1),
    /** Somebody signed in over it. */
    REPLACED(2),
    /** It was ended from elsewhere, alone or with all others of its user. */
    REVOKED(3),
    /** A token was used that only a copy could still hold. */
    REUSED(4),
    /** The user has more sessions than allowed. */
    EVICTED(5),
    /** The user does not exist any more. */
    USER_GONE(6),
    /** Its idle or absolute deadline has passed. */
    EXPIRED(7);

    private final byte code;

    Ending(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static Ending of(byte code) {
        for (Ending ending : values()) {
            if (ending.code == code) {
                return ending;
            }
        }
        throw new UnreadableRowException("ending " + code);
    }
}
