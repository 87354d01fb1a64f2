package dev.postern.it.rig.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom an answer names: Postern's user, the container's and the session's handle, with a dash for what there is not.
 *
 * <p>Immutable.
 */
public record NamedCaller(String user, String container, String handle) {

    public static final NamedCaller NOBODY = new NamedCaller("-", "-", "-");

    /** Of an answer that says nothing about its caller. */
    public static final NamedCaller UNSAID = new NamedCaller("", "", "");

    private static final Pattern ECHO = Pattern.compile("(\\S+) (\\S+) (\\S+)");
    private static final Pattern SESSION = Pattern.compile("\"handle\":\"([^\"]+)\",\"user\":\"([^\"]+)\"");

    /** Reads the application's own words, or Postern's JSON; {@link #UNSAID} for every other body. */
    public static NamedCaller in(String body) {
        Matcher echo = ECHO.matcher(body);
        if (echo.matches()) {
            return new NamedCaller(echo.group(1), echo.group(2), echo.group(3));
        }
        Matcher session = SESSION.matcher(body);
        return session.find() ? new NamedCaller(session.group(2), session.group(2), session.group(1)) : UNSAID;
    }

    public boolean is(String name) {
        return user.equals(name) && container.equals(name);
    }

    @Override
    public String toString() {
        return equals(UNSAID) ? "" : user + (container.equals(user) ? "" : " (" + container + ")") + " " + handle;
    }
}
