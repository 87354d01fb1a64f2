package dev.postern.bench.http;

import org.HdrHistogram.Histogram;

/**
 * What one variant did in one turn.
 *
 * @param latency of each request, in nanoseconds
 * @param seconds that it took
 * @param serverCpu microseconds of processor time that all nodes took together
 * @param generatorCpu microseconds that the generator of the load took
 */
record Round(Histogram latency, double seconds, double serverCpu, double generatorCpu) {

    double rate() {
        return latency.getTotalCount() / seconds;
    }

    double serverCpuPerRequest() {
        return serverCpu / latency.getTotalCount();
    }

    double generatorCpuPerRequest() {
        return generatorCpu / latency.getTotalCount();
    }
}
