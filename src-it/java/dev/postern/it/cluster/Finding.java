package dev.postern.it.cluster;

/** What a checker finds in a call. */
enum Finding {
    /** Somebody else's name or session, Postern's or the container's, in the answer. Never allowed. */
    WRONG_USER,
    /** A session answered after its sign-out had been acknowledged. Never allowed. */
    REVIVED,
    /** A session that nobody had signed out was gone at the end. Never allowed. */
    LOST,
    /** A token for somebody who had none. Never allowed. */
    STRAY_TOKEN,
    /** A token together with 503. Postern does not do that; a server does from which the application is just being taken. */
    TOKEN_WITH_503,
    /** A live session, or a page for all, was refused with 401 or met an anonymous page. */
    UNKNOWN_401,
    /** A live session, or anybody, was refused with 403. */
    FORBIDDEN_403,
    /** The node said that it cannot say. */
    UNAVAILABLE_503,
    /** The connection failed or broke. */
    NO_ANSWER,
    /** Another status than the page has, or an answer that is not the page. */
    OTHER_STATUS
}
