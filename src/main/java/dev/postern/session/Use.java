package dev.postern.session;

/** Whether a request counts as a use of the session. */
public enum Use {
    /** It extends the session. */
    ACTIVE,
    /** It only looks. */
    PASSIVE
}
