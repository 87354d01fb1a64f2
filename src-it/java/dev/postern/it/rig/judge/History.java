package dev.postern.it.rig.judge;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Request;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * All that the clients saw and the rig did, in the order in which it ended. Equal parts are kept once: a history may have a million calls.
 *
 * <p>Safe for concurrent use.
 */
public final class History {

    private final LongSupplier nanoTime;
    private final long start;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();
    private final Queue<Apart> aparts = new ConcurrentLinkedQueue<>();
    private final Map<Request, Request> requests = new ConcurrentHashMap<>();
    private final Map<Answer, Answer> answers = new ConcurrentHashMap<>();

    public History(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Nanoseconds since the history began. */
    public long now() {
        return nanoTime.getAsLong() - start;
    }

    public void add(Request request, long sentAt, long answeredAt, Answer answer) {
        // answers with tokens are all different
        Answer kept = answer.hasToken() ? answer : once(answers, answer);
        calls.add(new Call(once(requests, request), sentAt, answeredAt, kept));
        size.incrementAndGet();
    }

    private static <T> T once(Map<T, T> known, T value) {
        T former = known.putIfAbsent(value, value);
        return former == null ? value : former;
    }

    /** Something that is done now, and to no node in particular or for no time. */
    public void mark(String what) {
        add(new Mark(what, "", now(), now()));
    }

    public void add(Mark mark) {
        marks.add(mark);
    }

    public void add(Apart apart) {
        aparts.add(apart);
    }

    /** How many calls there are. */
    public int size() {
        return size.get();
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<Mark> marks() {
        return List.copyOf(marks);
    }

    public List<Apart> aparts() {
        return List.copyOf(aparts);
    }
}
