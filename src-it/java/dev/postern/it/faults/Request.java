package dev.postern.it.faults;

/**
 * What a client asked of a node: on behalf of which user, and for which session, which is empty where one is to begin.
 *
 * <p>Immutable.
 */
record Request(Kind kind, String node, String user, String handle) {

    /** The requests that a node knows. */
    enum Kind {
        /** To sign the user in. */
        BEGIN,
        /** To use the session. */
        RESUME,
        /** To use the session as a thief: with a token that has been replaced long ago. */
        COPY,
        /** To look at the session, which neither extends nor renews it. */
        LOOK,
        /** To sign out. */
        END,
        /** To end all sessions of the user. */
        END_ALL,
        /** To say how long the map keeps the session's row. */
        LIFE
    }

    boolean isUse() {
        return kind == Kind.RESUME || kind == Kind.LOOK;
    }
}
