package dev.postern.it.rig.revocation;

import dev.postern.it.Pause;
import dev.postern.it.Poll;
import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Request;
import dev.postern.it.rig.client.Request.Kind;
import dev.postern.it.rig.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Uses a session on one node every few milliseconds, one request after the other, from its creation until it is closed.
 *
 * <p>Safe for concurrent use.
 */
final class NodeProbe implements AutoCloseable {

    private static final long MILLIS_BETWEEN_LOOKS = 5;

    private final Supplier<Node> node;
    private final Held held;
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    private volatile boolean isClosed;

    /** The node may be another process each time. */
    NodeProbe(Supplier<Node> node, Held held) {
        this.node = node;
        this.held = held;
        Thread thread = new Thread(this::run, "probe");
        thread.setDaemon(true);
        thread.start();
    }

    /** A request and its answer, by the monotonic clock. */
    private record Look(long sentAt, long answeredAt, Outcome outcome) {}

    private void run() {
        while (!isClosed) {
            long sentAt = System.nanoTime();
            Node asked = node.get();
            Answer answer = asked.send(Request.of(Kind.RESUME, asked.name(), held), held.token())
                    .join();
            looks.add(new Look(sentAt, System.nanoTime(), answer.outcome()));
            Pause.ofMillis(MILLIS_BETWEEN_LOOKS);
        }
    }

    /** Whether a request was let in within that time. */
    boolean isLetInWithin(Duration patience) {
        return Poll.untilTrue(patience, () -> has(look -> look.outcome == Outcome.LIVE));
    }

    /** Whether a request was refused within that time, of those that were sent after that moment. */
    boolean isRefusedWithin(Duration patience, long after) {
        return Poll.untilTrue(patience, () -> has(look -> look.sentAt > after && look.outcome == Outcome.REFUSED));
    }

    private boolean has(Predicate<Look> what) {
        return looks.stream().anyMatch(what);
    }

    /** When the first refusal came. There must be one. */
    long firstRefusal() {
        return looks.stream()
                .filter(look -> look.outcome == Outcome.REFUSED)
                .mapToLong(Look::answeredAt)
                .min()
                .orElseThrow();
    }

    /** How many requests were let in, of those that were sent after that moment. */
    int letInAfter(long moment) {
        return Math.toIntExact(looks.stream()
                .filter(look -> look.sentAt > moment && look.outcome == Outcome.LIVE)
                .count());
    }

    static void closeAll(List<NodeProbe> probes) {
        probes.forEach(NodeProbe::close);
    }

    /** Sends nothing more. A request that is under way goes on. */
    @Override
    public void close() {
        isClosed = true;
    }
}
