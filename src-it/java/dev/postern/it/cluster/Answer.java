package dev.postern.it.cluster;

/**
 * What a browser was told.
 *
 * <p>Immutable.
 *
 * @param status the HTTP status; 0 when the connection failed or broke
 * @param hasToken whether it brought a session cookie
 */
record Answer(int status, Caller caller, boolean hasToken) {

    static final Answer NONE = new Answer(0, Caller.UNSAID, false);
}
