package dev.postern.it.faults;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * All that the clients saw and the rig did, in the order in which it ended.
 *
 * <p>Safe for concurrent use.
 */
final class History {

    private final LongSupplier nanoTime;
    private final long start;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();
    private final Queue<Apart> aparts = new ConcurrentLinkedQueue<>();

    /** Something that the rig did, for the picture. */
    record Mark(long at, String text) {}

    History(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Nanoseconds since the history began. */
    long now() {
        return nanoTime.getAsLong() - start;
    }

    Duration elapsed() {
        return Duration.ofNanos(now());
    }

    void add(Call call) {
        calls.add(call);
    }

    void mark(String text) {
        marks.add(new Mark(now(), text));
    }

    void add(Apart apart) {
        aparts.add(apart);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    List<Apart> aparts() {
        return List.copyOf(aparts);
    }
}
