package dev.postern.it.faults;

import dev.postern.it.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Clients that use their sessions at a steady rate, each request on any node: they sign in, come back, and sign out. Some requests are those of
 * somebody who kept the token of a session that has been ended, and some those of a thief.
 *
 * <p>Sends from the thread that calls it, so faults are what this thread does in between. For one thread.
 */
final class Load {

    /** How many of a hundred uses are sign-outs, and how many while many leave. */
    private static final int FEW = 5;

    private static final int MANY = 30;
    private static final int PERCENT_OF_GHOSTS = 8;

    /** How many of a hundred uses come with a thief who has the first token of the session. */
    private static final int PERCENT_OF_THIEVES = 1;

    /** In graces. A token that was replaced before that is a copy (design, section 5), whatever was on its way meanwhile. */
    private static final int AGE_OF_COPIES = 5;

    private static final int CLIENTS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final Wire wire;
    private final Rate rate;
    private final List<Client> clients;
    private final Queue<Client> idle = new ConcurrentLinkedQueue<>();
    private final Graves graves = new Graves();
    private final List<CompletableFuture<?>> underWay = new ArrayList<>();
    private int percentOfSignOuts = FEW;

    /** How many requests a second, and what decides on each. */
    record Rate(int perSecond, Duration grace, Random random) {

        private boolean happensIn(int percent) {
            return random.nextInt(100) < percent;
        }
    }

    Load(Cluster cluster, Wire wire, Rate rate) {
        this.cluster = cluster;
        this.wire = wire;
        this.rate = rate;
        this.clients = IntStream.range(0, CLIENTS)
                .mapToObj(number -> new Client(wire, "user" + number))
                .toList();
        idle.addAll(clients);
    }

    /** Loads the cluster for so long. */
    void run(Duration time) {
        run(() -> false, time);
    }

    /** The same, while many sign out. */
    void runWithManySignOuts(Duration time) {
        percentOfSignOuts = MANY;
        run(time);
        percentOfSignOuts = FEW;
    }

    /** Loads the cluster until it is so. Answers false when it was not in time. */
    boolean run(BooleanSupplier until, Duration most) {
        underWay.removeIf(CompletableFuture::isDone);
        long pause = Duration.ofSeconds(1).toNanos() / rate.perSecond;
        long next = System.nanoTime();
        long end = next + most.toNanos();
        while (next < end && !until.getAsBoolean()) {
            cluster.anyOpen(rate.random).ifPresent(this::act);
            next += pause;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        return until.getAsBoolean();
    }

    private void act(NodeProcess node) {
        Optional<Held> ghost = rate.happensIn(PERCENT_OF_GHOSTS) ? graves.any(rate.random) : Optional.empty();
        if (ghost.isPresent()) {
            underWay.add(wire.send(node, Request.Kind.RESUME, ghost.get()));
            return;
        }
        Client client = idle.poll();
        if (client != null) {
            act(client, node);
        }
    }

    private void act(Client client, NodeProcess node) {
        if (!client.isSignedIn()) {
            underWay.add(client.signIn(node).thenAccept(answer -> idle.add(client)));
        } else if (client.isLeaving() || rate.happensIn(percentOfSignOuts)) {
            client.jar().ifPresent(graves::add);
            underWay.add(client.signOut(node).thenAccept(answer -> idle.add(client)));
        } else if (client.isOver()) {
            client.jar().ifPresent(graves::add);
            underWay.add(client.signIn(node).thenAccept(answer -> idle.add(client)));
        } else if (rate.happensIn(PERCENT_OF_THIEVES)
                && client.copy(rate.grace.multipliedBy(AGE_OF_COPIES)).isPresent()) {
            Held copy = client.copy(rate.grace.multipliedBy(AGE_OF_COPIES)).orElseThrow();
            client.jar().ifPresent(graves::add);
            underWay.add(wire.send(node, Request.Kind.COPY, copy).thenAccept(answer -> idle.add(client)));
        } else {
            underWay.add(client.use(node).thenAccept(answer -> idle.add(client)));
        }
    }

    /** Lets the requests that are under way come to their end, and then looks at the sessions of this round on every node. */
    Audit audit() {
        return audit(graves.recent());
    }

    /** The same for all sessions that ever were. */
    Audit auditOfAll() {
        return audit(graves.all());
    }

    private Audit audit(List<Held> ended) {
        Pause.untilTrue(PATIENCE, () -> idle.size() == clients.size());
        Audit audit = new Audit(cluster, wire);
        audit.look(alive());
        audit.look(ended);
        return audit;
    }

    /** What the clients hold that do not mean to sign out. */
    List<Held> alive() {
        return clients.stream()
                .filter(client -> !client.isLeaving())
                .flatMap(client -> client.jar().stream())
                .toList();
    }
}
