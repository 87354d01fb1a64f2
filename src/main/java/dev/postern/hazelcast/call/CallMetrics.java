package dev.postern.hazelcast.call;

import dev.postern.PosternException;
import dev.postern.hazelcast.call.CallMetrics.Snapshot.Latency;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Counts the calls to the grid, and measures how long they take. JMX shows the {@link Snapshot}.
 *
 * <p>Safe for concurrent use, without a lock.
 */
public final class CallMetrics {

    /** One for each power of two of microseconds. The last one holds calls that took longer than a day. */
    private static final int BUCKETS = 38;

    private final LongAdder timeouts = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder lostSwaps = new LongAdder();
    private final LongAdder total = new LongAdder();
    private final LongAccumulator max = new LongAccumulator(Math::max, 0);
    private final LongAdder[] buckets =
            Stream.generate(LongAdder::new).limit(BUCKETS).toArray(LongAdder[]::new);

    /** Makes the call and counts its answer or its {@link PosternException}. Other exceptions are not counted. */
    public <T> T measure(Supplier<T> call) {
        long start = System.nanoTime();
        try {
            T answer = call.get();
            countAnswer(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            return answer;
        } catch (PosternException e) {
            (e.getCause() instanceof TimeoutException ? timeouts : failures).increment();
            throw e;
        }
    }

    /** Counts a compare-and-set that met another row than its caller had read. */
    public void countLostSwap() {
        lostSwaps.increment();
    }

    /** Counts an answer that took so many microseconds. */
    public void countAnswer(long micros) {
        total.add(micros);
        max.accumulate(micros);
        buckets[Math.min(Long.SIZE - Long.numberOfLeadingZeros(micros), BUCKETS - 1)].increment();
    }

    /** The counters at this moment. */
    public Snapshot snapshot() {
        long[] counts = Stream.of(buckets).mapToLong(LongAdder::sum).toArray();
        long calls = LongStream.of(counts).sum();
        long mean = calls == 0 ? 0 : total.sum() / calls;
        Latency latency = new Latency(calls, mean, percentile(counts, 50), percentile(counts, 99), max.get());
        return new Snapshot(timeouts.sum(), failures.sum(), lostSwaps.sum(), latency);
    }

    /** The upper bound of the bucket that holds this percentile. */
    private static long percentile(long[] counts, int percent) {
        long left = LongStream.of(counts).sum() * percent;
        int bucket = 0;
        while (bucket < BUCKETS - 1 && left > counts[bucket] * 100) {
            left -= counts[bucket] * 100;
            bucket++;
        }
        return left == 0 ? 0 : 1L << bucket;
    }

    /**
     * The counters of this node since its start.
     *
     * <p>Immutable.
     *
     * @param timeouts calls that were not answered in time
     * @param failures calls that failed for another reason
     * @param lostSwaps compare-and-sets that met another row than expected, so that the caller decided again
     * @param latency how long the answered calls took
     */
    public record Snapshot(long timeouts, long failures, long lostSwaps, Latency latency) {

        /**
         * How long the answered calls took, in microseconds. The median and the 99th percentile are rounded up to a
         * power of two. All are zero before the first call.
         */
        public record Latency(long calls, long mean, long median, long percentile99, long max) {}
    }
}
