package dev.postern;

/** The challenge with which Postern answers a caller who has to sign in: RFC 9110, section 11.6.1. */
public final class Challenge {

    /** The header that every 401 carries. */
    public static final String HEADER = "WWW-Authenticate";

    /** A scheme of our own, so that no browser opens its password dialog. */
    public static final String VALUE = "Postern";

    private Challenge() {}
}
