package dev.postern.it.rig.load;

import static org.awaitility.Awaitility.await;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Page;
import dev.postern.it.rig.client.Request.Kind;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Clients that use their sessions, each request on any node: they sign in, come back, and sign out. Some requests present the token of a
 * session that has been ended, and some are those of a thief.
 *
 * <p>Sends from the thread that calls it, so faults are what this thread does in between. For one thread.
 */
public final class Load {

    private static final int MILLE = 1000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Until all requests are answered: more than the longest that a client waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Cluster cluster;
    private final Recorder recorder;
    private final Rate rate;
    private final List<Client> clients;
    private final Queue<Client> idle = new ConcurrentLinkedQueue<>();
    private final Graves graves = new Graves();
    private final Semaphore free;
    private Habits habits;

    /**
     * How much the clients do.
     *
     * @param perSecond requests of all clients together
     * @param atOnce how many requests may be under way
     * @param ageOfCopies how long the successor of a token has been in use when a thief comes with that token
     * @param random decides on each request
     */
    public record Rate(int perSecond, int atOnce, Duration ageOfCopies, Random random) {

        private boolean happensIn(int ofThousand) {
            return random.nextInt(MILLE) < ofThousand;
        }
    }

    public Load(Cluster cluster, Recorder recorder, Habits habits, Rate rate) {
        this.cluster = cluster;
        this.recorder = recorder;
        this.habits = habits;
        this.rate = rate;
        this.clients = habits.people().clients(recorder);
        this.free = new Semaphore(rate.atOnce);
        idle.addAll(clients);
    }

    /** Loads the cluster for so long. */
    public void run(Duration time) {
        run(() -> false, time);
    }

    /** The same, while many sign out. */
    public void runWithManySignOuts(Duration time) {
        Habits usual = habits;
        habits = habits.whileManyLeave();
        run(time);
        habits = usual;
    }

    /** Loads the cluster until it is so. Returns false if it was not in time. */
    public boolean run(BooleanSupplier until, Duration most) {
        long pause = NANOS_PER_SECOND / rate.perSecond;
        long next = System.nanoTime();
        long end = next + most.toNanos();
        while (System.nanoTime() < end && !until.getAsBoolean()) {
            cluster.anyOpen(rate.random).ifPresent(this::act);
            next = Math.max(next + pause, System.nanoTime() - NANOS_PER_SECOND);
            LockSupport.parkNanos(next - System.nanoTime());
        }
        return until.getAsBoolean();
    }

    private void act(Node node) {
        if (!isFree()) {
            return;
        }
        Optional<Held> ghost = rate.happensIn(habits.ghosts()) ? graves.any(rate.random) : Optional.empty();
        if (ghost.isPresent()) {
            CompletableFuture<Void> unused =
                    recorder.read(node, habits.page(rate.random), ghost.get()).thenRun(free::release);
            return;
        }
        Client client = idle.poll();
        if (client == null) {
            free.release();
            LockSupport.parkNanos(100_000);
            return;
        }
        CompletableFuture<Void> unused = act(client, node).thenRun(() -> {
            idle.add(client);
            free.release();
        });
    }

    private boolean isFree() {
        try {
            return free.tryAcquire(1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompletableFuture<Answer> act(Client client, Node node) {
        if (client.isOver()) {
            graves.add(client.held());
            client.forget();
        }
        Page page = habits.page(rate.random);
        if (client.isLeaving()) {
            return client.signOut(node);
        }
        if (!client.isSignedIn()) {
            return !client.isAnonymous() && rate.happensIn(habits.signIns())
                    ? client.signIn(node)
                    : client.use(node, page);
        }
        if (rate.happensIn(habits.signOuts())) {
            graves.add(client.held());
            return client.signOut(node);
        }
        if (rate.happensIn(habits.changes())) {
            graves.add(client.held());
            return client.signIn(node);
        }
        Optional<Held> copy = rate.happensIn(habits.thieves()) ? client.copy(rate.ageOfCopies) : Optional.empty();
        if (copy.isPresent()) {
            graves.add(client.held());
            return recorder.send(node, Kind.COPY, copy.get());
        }
        return client.use(node, page);
    }

    /** Lets the requests that are under way come to their end, and then looks at the sessions of this round on every node. */
    public Audit audit() {
        return audit(graves.recent());
    }

    /** The same for all sessions that ever were. */
    public Audit auditOfAll() {
        return audit(graves.all());
    }

    private Audit audit(List<Held> ended) {
        await("all clients have their answers").atMost(PATIENCE).until(() -> idle.size() == clients.size());
        Audit audit = new Audit(cluster, recorder);
        audit.look(alive());
        audit.look(ended);
        return audit;
    }

    /** What the clients hold that do not mean to sign out. */
    public List<Held> alive() {
        return clients.stream()
                .filter(client -> !client.isLeaving() && client.isSignedIn())
                .map(Client::held)
                .toList();
    }
}
