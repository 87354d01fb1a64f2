package dev.postern.bench.http;

import dev.postern.it.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * The generator of the load: a fixed number of connections to each node. Each asks as soon as it has its answer, or, where users pause, when
 * the next of them is due.
 *
 * <p>For one thread.
 */
final class ClosedLoop implements AutoCloseable {

    private final BenchNodes nodes;
    private final int connections;
    private final ExecutorService workers;
    private int turns;

    ClosedLoop(BenchNodes nodes, int connections) {
        this.nodes = nodes;
        this.connections = connections;
        this.workers = Executors.newFixedThreadPool(connections);
    }

    /** One turn; throws when any answer is wrong. */
    Round run(List<Visitor> visitors, Optional<Duration> pause, Duration length)
            throws IOException, InterruptedException {
        turns++;
        double server = nodes.cpu();
        double generator = micros(ProcessHandle.current());
        long start = System.nanoTime();
        Histogram latency = latency(workers.invokeAll(split(visitors, pause, start + length.toNanos())));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Round(latency, seconds, nodes.cpu() - server, micros(ProcessHandle.current()) - generator);
    }

    /** The processor time that the nodes take in a second in which nobody asks. */
    double idle(Duration length) {
        double before = nodes.cpu();
        Pause.ofMillis(length.toMillis());
        return (nodes.cpu() - before) / length.toMillis() * 1e3;
    }

    /** No two workers have the same visitor, as no two people have one browser. */
    private List<Worker> split(List<Visitor> visitors, Optional<Duration> pause, long end) {
        List<Worker> split = new ArrayList<>();
        for (int worker = 0; worker < connections; worker++) {
            List<Visitor> share = IntStream.iterate(worker, i -> i < visitors.size(), i -> i + connections)
                    .mapToObj(visitors::get)
                    .toList();
            split.add(new Worker(share, nodes.ports(), turns, pause, end));
        }
        return split;
    }

    private static Histogram latency(List<Future<Histogram>> parts) throws IOException, InterruptedException {
        Histogram sum = new Histogram(Worker.DIGITS);
        for (Future<Histogram> part : parts) {
            try {
                sum.add(part.get());
            } catch (ExecutionException e) {
                throw new IOException("The load ended early.", e.getCause());
            }
        }
        return sum;
    }

    /** The processor time of a process, which the system counts in hundredths of a second. */
    static double micros(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e3;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
