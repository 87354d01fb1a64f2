package dev.postern.session.event;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Ended;
import dev.postern.SessionEvent.Rejected;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the events of this node by kind, ended sessions by reason, and invalid tokens by cause. Counters begin at zero
 * when the application starts.
 *
 * <p>Safe for concurrent use, without a lock.
 */
public final class SessionMetrics {

    private final Map<Class<?>, LongAdder> kinds = counters(Stream.of(SessionEvent.class.getPermittedSubclasses()));
    private final Map<Ending, LongAdder> endings = new EnumMap<>(counters(Stream.of(Ending.values())));
    private final Map<Rejected.Cause, LongAdder> rejections =
            new EnumMap<>(counters(Stream.of(Rejected.Cause.values())));

    /** Counts one event. */
    public void count(SessionEvent event) {
        counter(kinds, event.getClass()).increment();
        if (event instanceof Ended ended) {
            counter(endings, ended.reason()).increment();
        } else if (event instanceof Rejected rejected) {
            counter(rejections, rejected.cause()).increment();
        }
    }

    /** How many events of the kind there were. */
    public long of(Class<? extends SessionEvent> kind) {
        return counter(kinds, kind).sum();
    }

    /** How many sessions this node has ended, for each reason. */
    public Map<Ending, Long> endings() {
        return sums(endings);
    }

    /** How many tokens were invalid, for each cause. */
    public Map<Rejected.Cause, Long> rejections() {
        return sums(rejections);
    }

    private static <K> Map<K, LongAdder> counters(Stream<K> keys) {
        return keys.collect(Collectors.toUnmodifiableMap(Function.identity(), any -> new LongAdder()));
    }

    private static <K> LongAdder counter(Map<K, LongAdder> counters, K key) {
        return Objects.requireNonNull(counters.get(key), "a counter for each");
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> counters) {
        return counters.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, counter -> counter.getValue().sum()));
    }
}
