package dev.postern.it.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom an answer names: Postern's user, the container's and the session's handle, with a dash for what there is not.
 *
 * <p>Immutable.
 */
record Caller(String user, String container, String handle) {

    static final Caller NOBODY = new Caller("-", "-", "-");
    /** Of an answer that says nothing about its caller. */
    static final Caller UNSAID = new Caller("", "", "");

    private static final Pattern ECHO = Pattern.compile("(\\S+) (\\S+) (\\S+)");
    private static final Pattern SESSION = Pattern.compile("\"handle\":\"([^\"]+)\",\"user\":\"([^\"]+)\"");

    /** Reads the application's own words, or Postern's JSON; whatever else the body is says nothing. */
    static Caller in(String body) {
        Matcher echo = ECHO.matcher(body);
        if (echo.matches()) {
            return new Caller(echo.group(1), echo.group(2), echo.group(3));
        }
        Matcher session = SESSION.matcher(body);
        return session.find() ? new Caller(session.group(2), session.group(2), session.group(1)) : UNSAID;
    }

    boolean isAnonymous() {
        return user.equals(NOBODY.user);
    }

    boolean is(String name, String session) {
        return user.equals(name) && container.equals(name) && handle.equals(session);
    }
}
