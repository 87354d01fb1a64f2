package dev.postern.bench.http;

import dev.postern.it.rig.client.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;

/**
 * Asks for some visitors, one request after the other, from node to node: a visitor is at another node each time.
 *
 * <p>For one thread.
 */
final class Worker implements Callable<Histogram> {

    static final int DIGITS = 3;
    static final int MILLIS_TO_ANSWER = 30_000;

    private final List<Visitor> visitors;
    private final List<Integer> ports;
    private final long end;
    private final Histogram latency = new Histogram(DIGITS);

    /** Stops when the monotonic clock shows that end. */
    Worker(List<Visitor> visitors, List<Integer> ports, long end) {
        this.visitors = visitors;
        this.ports = ports;
        this.end = end;
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
        long before = System.nanoTime();
        for (int i = 0; before < end; i++) {
            Visitor visitor = visitors.get(i % visitors.size());
            Connection connection = connections.get((i + i / visitors.size()) % connections.size());
            connection.ask(visitor.request());
            long after = System.nanoTime();
            if (!connection.isOk(visitor.answer())) {
                throw new IOException("A wrong answer, which ends the run: " + connection.answer());
            }
            latency.recordValue(after - before);
            before = after;
        }
    }
}
