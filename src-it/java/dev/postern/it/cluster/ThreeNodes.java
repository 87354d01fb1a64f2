package dev.postern.it.cluster;

import dev.postern.it.Leftovers;
import dev.postern.it.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Three nodes of the server under test, as one grid.
 *
 * <p>For one thread.
 */
final class ThreeNodes implements AutoCloseable {

    private static final Duration TO_MEET = Duration.ofMinutes(2);

    private final Server server = Server.underTest();
    private final List<Node> nodes =
            IntStream.range(0, Server.NODES).mapToObj(i -> new Node(server, i)).toList();
    private final Thread end = new Thread(this::close, "end-of-nodes");

    /** Starts all of them at once, and waits until a session of any of them works on all. */
    void start() throws IOException {
        Leftovers.remove();
        Runtime.getRuntime().addShutdownHook(end);
        for (int i = 0; i < Server.NODES; i++) {
            server.prepare(i);
            nodes.get(i).start();
        }
        nodes.forEach(Node::awaitServing);
        if (!Pause.untilTrue(TO_MEET, this::isOneGrid)) {
            throw new IllegalStateException("The nodes do not find each other.");
        }
    }

    Server server() {
        return server;
    }

    Node node(int number) {
        return nodes.get(number);
    }

    int[] ports() {
        return IntStream.range(0, Server.NODES).map(server::httpPort).toArray();
    }

    /** The node is killed, and another one takes its place. */
    Mark replaceKilled(int number) throws IOException, InterruptedException {
        long from = System.nanoTime();
        nodes.get(number).kill();
        return again("SIGKILL", number, from);
    }

    /** The node is told to stop, does so, and is started again. */
    Mark restart(int number) throws IOException, InterruptedException {
        long from = System.nanoTime();
        nodes.get(number).stop();
        return again("SIGTERM", number, from);
    }

    private Mark again(String what, int number, long from) throws IOException {
        Pause.ofMillis(2000); // what a node's absence does is to be seen even where it starts quickly
        nodes.get(number).start();
        nodes.get(number).awaitServing();
        return new Mark(what, number, from, System.nanoTime());
    }

    Mark redeploy(int number) throws IOException {
        long from = System.nanoTime();
        server.redeploy(number);
        nodes.get(number).awaitServing();
        return new Mark("redeploy", number, from, System.nanoTime());
    }

    /** Whether a session that begins on any node works on every one. */
    private boolean isOneGrid() {
        History history = new History();
        try (Wires wires = new Wires(ports())) {
            for (int home = 0; home < Server.NODES; home++) {
                Visitor scout = new Visitor(history, List.of("scout"));
                scout.signIn(home, wires);
                IntStream.range(0, Server.NODES).forEach(node -> scout.answerRollCall(node, wires));
            }
        } catch (IOException e) {
            return false;
        }
        return history.calls().stream()
                .allMatch(
                        call -> call.answer().status() == call.asked().action().status());
    }

    @Override
    public void close() {
        nodes.forEach(Node::end);
    }
}
