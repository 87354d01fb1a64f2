package dev.postern.it.rig.client;

import java.util.Set;

/**
 * What a node answered. Never shows the token in text.
 *
 * <p>Immutable.
 *
 * @param reason what the node said besides; over HTTP the status when it is not the expected one
 * @param caller whom the answer names
 * @param token a new token; empty without one
 */
public record Answer(Outcome outcome, String reason, NamedCaller caller, String token) {

    /** No answer came, and none will. */
    public static final Answer NONE = of(Outcome.NONE, "");

    private static final Set<String> OF_NO_SESSION = Set.of("ABSENT", "401", "anonymous");
    private static final int FIELDS = 5;
    private static final String NOTHING = "-";

    /** What can become of a request. */
    public enum Outcome {
        /** A session is alive, and the answer names its user. */
        LIVE,
        /** The client is not let in, or met a page for strangers; nothing is wrong with the grid. */
        REFUSED,
        /** The session has been ended. */
        ENDED,
        /** The grid did not answer the node: over HTTP, 503. Or the node is too busy for a sign-in: 429. */
        UNAVAILABLE,
        /** The node answered what it must not answer. */
        FAILED,
        NONE
    }

    /** An answer that names nobody and brings nothing. */
    public static Answer of(Outcome outcome, String reason) {
        return new Answer(outcome, reason, NamedCaller.UNSAID, "");
    }

    /** Reads what {@link #line()} wrote. */
    public static Answer parse(String line) {
        String[] words = line.split(" ", FIELDS);
        String user = filled(words[1]);
        return new Answer(
                Outcome.valueOf(words[0]), words[4], new NamedCaller(user, user, filled(words[2])), filled(words[3]));
    }

    /** All of it in one line. */
    public String line() {
        return String.join(
                " ",
                outcome.name(),
                orDash(caller.user()),
                orDash(caller.handle()),
                orDash(token),
                reason.replaceAll("\\s+", " "));
    }

    private static String orDash(String word) {
        return word.isEmpty() ? NOTHING : word;
    }

    private static String filled(String word) {
        return word.equals(NOTHING) ? "" : word;
    }

    public boolean is(Outcome wanted) {
        return outcome == wanted;
    }

    public boolean hasToken() {
        return !token.isEmpty();
    }

    /** Whether the session was ended, so that the client has to sign in again. */
    public boolean isOver() {
        return outcome == Outcome.REFUSED && (reason.startsWith("OVER") || reason.equals("401"));
    }

    /** Whether the node may have found no session: over HTTP it does not say more than that there is nobody. */
    public boolean mayBeOfNoSession() {
        return outcome == Outcome.REFUSED && OF_NO_SESSION.contains(reason);
    }

    /** Whether the token, or the session, was refused because a copy of a token was found. */
    public boolean isTheft() {
        return outcome == Outcome.REFUSED && reason.endsWith("REUSED");
    }

    @Override
    public String toString() {
        return String.join(" ", outcome.name(), caller.toString(), reason).strip()
                + (hasToken() ? " with a token" : "");
    }
}
