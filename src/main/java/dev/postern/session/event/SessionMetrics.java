package dev.postern.session.event;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Ended;
import dev.postern.SessionEvent.Rejected;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts what happens to sessions on this node, and passes on what there is to tell.
 *
 * <p>Safe for concurrent use, without a lock.
 */
public final class SessionMetrics implements SessionEventListener {

    private final Consumer<SessionEvent> next;
    private final Map<Class<?>, LongAdder> kinds = counters(Stream.of(SessionEvent.class.getPermittedSubclasses()));
    private final Map<Ending, LongAdder> endings = new EnumMap<>(counters(Stream.of(Ending.values())));
    private final Map<Rejected.Cause, LongAdder> rejections =
            new EnumMap<>(counters(Stream.of(Rejected.Cause.values())));

    /** Figures that begin at zero, in front of the next listener. */
    public SessionMetrics(Consumer<SessionEvent> next) {
        this.next = next;
    }

    @Override
    public void tell(SessionEvent event) {
        next.accept(event);
    }

    @Override
    public void count(SessionEvent event) {
        at(kinds, event.getClass()).increment();
        if (event instanceof Ended ended) {
            at(endings, ended.reason()).increment();
        } else if (event instanceof Rejected rejected) {
            at(rejections, rejected.cause()).increment();
        }
    }

    /** How many events of the kind there were. */
    public long of(Class<? extends SessionEvent> kind) {
        return at(kinds, kind).sum();
    }

    /** How many sessions were ended here, for each reason. */
    public Map<Ending, Long> endings() {
        return sums(endings);
    }

    /** How many tokens did not count, for each cause. */
    public Map<Rejected.Cause, Long> rejections() {
        return sums(rejections);
    }

    private static <K> Map<K, LongAdder> counters(Stream<K> keys) {
        return keys.collect(Collectors.toUnmodifiableMap(Function.identity(), any -> new LongAdder()));
    }

    private static <K> LongAdder at(Map<K, LongAdder> counters, K key) {
        return Objects.requireNonNull(counters.get(key), "a counter for each");
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> counters) {
        return counters.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, counter -> counter.getValue().sum()));
    }
}
