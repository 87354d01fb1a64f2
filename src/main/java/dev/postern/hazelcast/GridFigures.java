package dev.postern.hazelcast;

/**
 * What calls to the grid have come to since the start: those that were not answered in time, those that failed
 * otherwise, swaps that met another row than expected and were decided again, and how long the answers took.
 *
 * <p>Immutable.
 */
public record GridFigures(long timeouts, long failures, long lostSwaps, Latency latency) {

    /**
     * How long calls took that were answered, in microseconds. The median and the 99th percentile are rounded up to a
     * power of two. All zero before the first one.
     */
    public record Latency(long calls, long mean, long median, long percentile99, long max) {}
}
