package dev.postern.http.server;

import jakarta.security.enterprise.AuthenticationStatus;

/** What differs on Open Liberty. */
public final class OpenLiberty {

    /** The system property of that server which names its directory. */
    private static final String HOME = "wlp.install.dir";

    private OpenLiberty() {}

    /** Whether this JVM is one. */
    public static boolean isHere() {
        return System.getProperty(HOME) != null;
    }

    /**
     * What a mechanism returns that has answered the request. After {@code SEND_FAILURE} Open Liberty would call an
     * unprotected resource all the same (OL-02).
     */
    public static AuthenticationStatus answered() {
        return isHere() ? AuthenticationStatus.SEND_CONTINUE : AuthenticationStatus.SEND_FAILURE;
    }
}
