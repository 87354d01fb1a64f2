package dev.postern;

import java.time.Duration;

/** The challenge with which Postern answers a caller who has to sign in: RFC 9110, section 11.6.1. */
public final class Challenge {

    /** The header that every 401 carries. */
    public static final String HEADER = "WWW-Authenticate";

    /** A scheme of our own, so that no browser opens its password dialog. */
    public static final String VALUE = "Postern";

    /**
     * For a client whose bearer token is none of ours, or is over: RFC 6750, section 3.1. Browsers open no dialog for
     * it either.
     */
    public static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";

    /**
     * For a client that sends a bearer token beside another credential; with 400, because it is unknown which of them
     * is meant.
     */
    public static final String INVALID_REQUEST = "Bearer error=\"invalid_request\"";

    private Challenge() {}

    /**
     * The challenge for a user who is signed in, but has not signed in within that time: RFC 9470, section 3. It has
     * the scheme of the challenge that the client gets otherwise.
     */
    public static String stepUp(String otherwise, Duration within) {
        return otherwise.split(" ", 2)[0] + " error=\"insufficient_user_authentication\","
                + " error_description=\"Sign in again\", max_age=\"" + within.toSeconds() + "\"";
    }
}
