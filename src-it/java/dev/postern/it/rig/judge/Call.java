package dev.postern.it.rig.judge;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Request;
import java.util.concurrent.TimeUnit;

/**
 * A request and its answer, with the times at which the client sent the one and got the other, in nanoseconds since the history began. A
 * request without an answer may have had its effect at any time after it was sent.
 *
 * <p>Immutable.
 */
public record Call(Request request, long sentAt, long answeredAt, Answer answer) {

    public boolean has(Request.Kind kind, Outcome outcome) {
        return request.kind() == kind && answer.is(outcome);
    }

    /** Whether the session that it presents is over once it has been answered, if that was its outcome. */
    boolean isEnding() {
        return !request.isWithout() && (request.kind() == Request.Kind.END || request.kind() == Request.Kind.BEGIN);
    }

    /** Whether the answer says that the session which was presented is over. */
    boolean isEnd() {
        return (request.kind() == Request.Kind.COPY && answer.isTheft())
                || (isEnding() && (answer.is(Outcome.ENDED) || answer.is(Outcome.LIVE)));
    }

    /** Whether the client has no answer that says anything. */
    public boolean isFailure() {
        return answer.is(Outcome.UNAVAILABLE) || answer.is(Outcome.NONE);
    }

    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(answeredAt - sentAt);
    }

    boolean isAbout(String handle) {
        return request.handle().equals(handle) || answer.caller().handle().equals(handle);
    }

    @Override
    public String toString() {
        return TimeUnit.NANOSECONDS.toMillis(sentAt) + " to " + TimeUnit.NANOSECONDS.toMillis(answeredAt) + " ms: "
                + request.kind() + " " + request.page() + " of " + request.user() + " " + request.handle() + " on "
                + request.node() + ": " + answer;
    }
}
