package dev.postern.it.faults;

import java.util.concurrent.TimeUnit;

/**
 * A request and its answer, with the times at which the client sent the one and got the other, in nanoseconds of the client's monotonic
 * clock. A request without an answer may have had its effect at any time after it was sent.
 *
 * <p>Immutable.
 */
record Call(Request request, long sentAt, long answeredAt, Answer answer) {

    boolean has(Request.Kind kind, Answer.Outcome outcome) {
        return request.kind() == kind && answer.is(outcome);
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(answeredAt - sentAt);
    }

    boolean isAbout(String handle) {
        return request.handle().equals(handle)
                || (answer.is(Answer.Outcome.LIVE) && answer.handle().equals(handle));
    }

    @Override
    public String toString() {
        return TimeUnit.NANOSECONDS.toMillis(sentAt) + " to " + TimeUnit.NANOSECONDS.toMillis(answeredAt) + " ms: "
                + request.kind() + " of " + request.user() + " " + request.handle() + " on " + request.node() + ": "
                + answer;
    }
}
