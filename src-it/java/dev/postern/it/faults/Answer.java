package dev.postern.it.faults;

import java.util.List;

/**
 * What a node answered, with the words that go with it and the milliseconds that it took there.
 *
 * <p>Immutable.
 */
record Answer(Outcome outcome, List<String> words, long millis) {

    /** No answer came, and none will. */
    static final Answer NONE = new Answer(Outcome.NONE, List.of(), 0);

    private static final String NO_TOKEN = "-";

    /** What can become of a request. */
    enum Outcome {
        /** The session is alive; the words are its user, its handle, and a new token or a hyphen. */
        LIVE,
        /** The session has been ended. */
        ENDED,
        /** The session is over; the word says why. */
        OVER,
        ABSENT,
        MALFORMED,
        LATE,
        REUSED,
        /** The grid did not answer the node: over HTTP, 503. */
        UNAVAILABLE,
        /** The node threw what it must not throw. */
        FAILED,
        /** The map keeps the row for so many seconds more. */
        KEPT,
        NONE;

        /** Over HTTP, 401: the client is not let in, and nothing is wrong with the grid. */
        boolean isRefusal() {
            return this == OVER || this == ABSENT || this == MALFORMED || this == LATE || this == REUSED;
        }
    }

    /** Reads {@code milliseconds outcome word…}. */
    static Answer parse(String text) {
        List<String> words = List.of(text.split(" ", -1));
        return new Answer(Outcome.valueOf(words.get(1)), words.subList(2, words.size()), Long.parseLong(words.get(0)));
    }

    boolean is(Outcome wanted) {
        return outcome == wanted;
    }

    String user() {
        return words.get(0);
    }

    String handle() {
        return words.get(1);
    }

    boolean hasToken() {
        return outcome == Outcome.LIVE && !words.get(2).equals(NO_TOKEN);
    }

    String token() {
        return words.get(2);
    }

    /** For messages: without the token. */
    @Override
    public String toString() {
        return outcome + " " + (outcome == Outcome.LIVE ? words.subList(0, 2) : words) + " in " + millis + " ms";
    }
}
