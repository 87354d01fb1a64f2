package dev.postern.it;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * An answer, and how long the client waited for it.
 *
 * <p>Immutable.
 */
record Timed(Reply reply, Duration took) {

    static Timed of(Supplier<Reply> request) {
        long start = System.nanoTime();
        Reply reply = request.get();
        return new Timed(reply, Duration.ofNanos(System.nanoTime() - start));
    }

    /** How many there were, and their median and worst times. */
    static String figures(List<Timed> answers) {
        List<Long> millis =
                answers.stream().map(answer -> answer.took.toMillis()).sorted().toList();
        return millis.isEmpty()
                ? "0"
                : millis.size() + ", median " + millis.get(millis.size() / 2) + " ms, worst "
                        + millis.get(millis.size() - 1) + " ms";
    }
}
