package dev.postern.it.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was asked and answered, in the order in which the answers came. Equal parts are kept once: a history has a million lines.
 *
 * <p>Safe for concurrent use.
 */
final class History {

    private final long beganAt = System.nanoTime();
    private final List<Call> calls = new ArrayList<>();
    private final Map<Asked, Asked> asked = new ConcurrentHashMap<>();
    private final Map<Answer, Answer> answers = new ConcurrentHashMap<>();

    void add(Asked what, Answer told, long startedAt) {
        Call call = new Call(once(asked, what), once(answers, told), startedAt, System.nanoTime());
        synchronized (calls) {
            calls.add(call);
        }
    }

    List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    int size() {
        synchronized (calls) {
            return calls.size();
        }
    }

    long beganAt() {
        return beganAt;
    }

    private static <T> T once(Map<T, T> known, T value) {
        T former = known.putIfAbsent(value, value);
        return former == null ? value : former;
    }
}
