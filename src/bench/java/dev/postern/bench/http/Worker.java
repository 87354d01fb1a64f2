package dev.postern.bench.http;

import dev.postern.it.Pause;
import dev.postern.it.rig.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;

/**
 * Asks for some visitors, one request after the other, from node to node: a visitor is at another node each time, unless it stays at one.
 * With a pause each visitor asks once in it, as far as the answers come in time.
 *
 * <p>For one thread.
 */
final class Worker implements Callable<Histogram> {

    static final int DIGITS = 3;
    static final int MILLIS_TO_ANSWER = 30_000;

    private final List<Visitor> visitors;
    private final List<Integer> ports;
    private final int first;
    private final long end;
    private final long step;
    private final Histogram latency = new Histogram(DIGITS);

    /**
     * Stops when the monotonic clock shows that end.
     *
     * @param first the node of the first request; the number of the turn, so that turns begin at different nodes
     * @param pause of each visitor
     */
    Worker(List<Visitor> visitors, List<Integer> ports, int first, Optional<Duration> pause, long end) {
        this.visitors = visitors;
        this.ports = ports;
        this.first = first;
        this.end = end;
        this.step =
                pause.map(time -> time.toNanos() / Math.max(1, visitors.size())).orElse(0L);
    }

    @Override
    public Histogram call() throws IOException {
        List<Connection> connections = new ArrayList<>();
        try {
            for (int port : ports) {
                connections.add(new Connection(port, MILLIS_TO_ANSWER));
            }
            ask(connections);
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
        return latency;
    }

    private void ask(List<Connection> connections) throws IOException {
        long start = System.nanoTime();
        long before = start;
        for (int i = 0; before < end; i++) {
            Visitor visitor = visitors.get(i % visitors.size());
            int node = visitor.node((first + i + i / visitors.size()) % connections.size());
            Connection connection = connections.get(node);
            connection.ask(visitor.request());
            long after = System.nanoTime();
            if (!connection.isOk(visitor.answer())) {
                throw new IOException("A wrong answer, which ends the run: " + connection.answer());
            }
            latency.recordValue(after - before);
            if (step > 0) {
                Pause.until(Math.min(end, start + (i + 1) * step));
                before = System.nanoTime();
            } else {
                before = after;
            }
        }
    }
}
