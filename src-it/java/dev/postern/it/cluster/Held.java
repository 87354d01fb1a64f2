package dev.postern.it.cluster;

/**
 * What a browser holds of a session: the cookie, as it goes into a request, and the handle that it was told at sign-in.
 *
 * <p>Immutable.
 */
record Held(String cookie, String handle) {

    static final Held NOTHING = new Held("", Asked.NOTHING);

    boolean isNothing() {
        return cookie.isEmpty();
    }

    /** The same session with the token of a renewal. */
    Held renewed(String setCookie) {
        return new Held(setCookie.substring(0, setCookie.indexOf(';')), handle);
    }

    static boolean isToken(String setCookie) {
        return setCookie.startsWith("__Host-postern=") && !setCookie.startsWith("__Host-postern=;");
    }
}
