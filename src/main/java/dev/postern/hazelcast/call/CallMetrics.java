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
 * Counts the calls to the grid and takes their time.
 *
 * <p>Safe for concurrent use, without a lock.
 */
public final class CallMetrics {

    /** One for each power of two of microseconds; the last one holds calls that took longer than a day. */
    private static final int BUCKETS = 38;

    private final LongAdder timeouts = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder lostSwaps = new LongAdder();
    private final LongAdder total = new LongAdder();
    private final LongAccumulator max = new LongAccumulator(Math::max, 0);
    private final LongAdder[] buckets =
            Stream.generate(LongAdder::new).limit(BUCKETS).toArray(LongAdder[]::new);

    /** The answer of a call, or what it throws. Faults of our own are not counted. */
    public <T> T measured(Supplier<T> call) {
        long start = System.nanoTime();
        try {
            T answer = call.get();
            answered(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            return answer;
        } catch (PosternException e) {
            (e.getCause() instanceof TimeoutException ? timeouts : failures).increment();
            throw e;
        }
    }

    void swapWasLost() {
        lostSwaps.increment();
    }

    public void answered(long micros) {
        total.add(micros);
        max.accumulate(micros);
        buckets[Math.min(Long.SIZE - Long.numberOfLeadingZeros(micros), BUCKETS - 1)].increment();
    }

    public Snapshot figures() {
        long[] counts = Stream.of(buckets).mapToLong(LongAdder::sum).toArray();
        long calls = LongStream.of(counts).sum();
        long mean = calls == 0 ? 0 : total.sum() / calls;
        Latency latency = new Latency(calls, mean, percentile(counts, 50), percentile(counts, 99), max.get());
        return new Snapshot(timeouts.sum(), failures.sum(), lostSwaps.sum(), latency);
    }

    /** The upper bound of the bucket in which so many of a hundred calls have been answered. */
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
     * What calls to the grid have come to since the start: those that were not answered in time, those that failed
     * otherwise, swaps that met another row than expected and were decided again, and how long the answers took.
     *
     * <p>Immutable.
     */
    public record Snapshot(long timeouts, long failures, long lostSwaps, Latency latency) {

        /**
         * How long calls took that were answered, in microseconds. The median and the 99th percentile are rounded up to
         * a power of two. All zero before the first one.
         */
        public record Latency(long calls, long mean, long median, long percentile99, long max) {}
    }
}
