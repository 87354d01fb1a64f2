package dev.postern.hazelcast;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.SessionOver;
import dev.postern.hazelcast.ClusterKeys.Drawing;
import dev.postern.session.CredentialsCache;
import dev.postern.session.KeyRing;
import dev.postern.session.MergeRule;
import dev.postern.session.RowCodec;
import dev.postern.session.RowLifetimes;
import dev.postern.session.Tombstones;
import dev.postern.session.TryCounts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The grid of one application, from the start of the application to its end: the instance, the map of rows, and the
 * threads on which calls wait.
 *
 * <p>Safe for concurrent use.
 */
public final class Grid implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Grid.class.getName());

    private final GridInstance instance;
    private final GridMaps maps;
    private final GridThreads threads;
    private final GridThreads repairThreads;
    private final GridCalls calls;
    private final List<MapFault> faults;
    private final Optional<MergeWatch> merges;
    private final Queue<ClusterKeys> keys = new ConcurrentLinkedQueue<>();
    private final Queue<TombstoneWatch> watches = new ConcurrentLinkedQueue<>();

    private Grid(GridInstance instance, GridMaps maps, int minimumMembers, RowLifetimes lifetimes) {
        this.instance = instance;
        this.maps = maps;
        this.faults = new MapSetup(instance, maps).run();
        this.threads = new GridThreads(maps.namespace());
        MergeGate gate = new MergeGate(instance.hazelcast());
        Quorum quorum = new Quorum(new GridPeers(instance.hazelcast(), this::rows), minimumMembers);
        this.calls = new GridCalls(threads, gate, quorum);
        this.repairThreads = new GridThreads(maps.namespace() + "-repair");
        this.merges = instance.isClient() ? Optional.empty() : Optional.of(mergeWatch(gate, quorum, lifetimes));
        instance.settle();
        makeRows();
    }

    /** Repairs have threads of their own, or users would wait. A member that has stopped repairs nothing, so it needs no other clock. */
    private MergeWatch mergeWatch(MergeGate gate, Quorum quorum, RowLifetimes lifetimes) {
        GridCalls own = new GridCalls(repairThreads, gate, quorum);
        GridClock clock = new GridClock(instance.hazelcast(), () -> Instant.EPOCH);
        CredentialsCache cache = new HazelcastCredentialsCache(this::rows, own, clock, lifetimes);
        return new MergeWatch(instance.hazelcast(), maps, cache, new MergeRule(lifetimes.codec()), gate);
    }

    /**
     * Makes the map of rows now, because Payara ties a map that is made in a request to the request's application (PY-09).
     * Making its index needs a majority, which the first node of a protected cluster is not, and may miss a backup while
     * rows move (D6). Then the first request that finds the grid whole makes it, and until then they are answered with 503.
     */
    private void makeRows() {
        try {
            rows();
        } catch (HazelcastException e) {
            LOG.log(Level.WARNING, "The grid is not ready yet, and sessions wait for it: {0}", e.getMessage());
        }
    }

    private IMap<String, Object> rows() {
        IMap<String, Object> map = instance.hazelcast().getMap(maps.sessions());
        merges.ifPresent(watch -> watch.listenTo(map));
        return map;
    }

    /**
     * Finds or starts Hazelcast and prepares the maps of the namespace. May take seconds.
     *
     * @throws PosternException when there is no Hazelcast to be had as the settings want it
     */
    public static Grid open(String namespace, GridSettings settings, RowLifetimes lifetimes) {
        GridInstance instance = new GridFinder(namespace, settings).find();
        GridMaps maps = new GridMaps(namespace, settings.backups(), lifetimes.mapDefault());
        try {
            return new Grid(instance, maps, settings.minimumMembers(), lifetimes);
        } catch (HazelcastException | IllegalStateException e) {
            instance.close();
            throw new PosternException("The Hazelcast maps cannot be prepared: " + e.getMessage(), e);
        }
    }

    /** The rows of the namespace. The machine's own clock serves where the cluster's time is not to be had. */
    public CredentialsCache cache(RowLifetimes lifetimes, InstantSource ownClock) {
        return new HazelcastCredentialsCache(
                this::rows, calls, new GridClock(instance.hazelcast(), ownClock), lifetimes);
    }

    /**
     * Keys that the cluster draws for itself, for when none are configured. Asking for them may go to the grid, waits for
     * it no longer than the patience, and throws {@link PosternException} when it is broken. They can change when two
     * clusters merge.
     */
    public Supplier<KeyRing> drawnKeys(SecureRandom random, Duration patience) {
        ClusterKeys drawn = new ClusterKeys(instance.hazelcast(), maps.keys(), calls, new Drawing(random, patience));
        keys.add(drawn);
        return drawn;
    }

    /**
     * Tells the listener of every session that is over, wherever it is ended from now on, each once. It is called on one
     * thread that has the application's class loader, until this is closed.
     */
    public void watch(RowCodec codec, Consumer<SessionOver> listener) {
        GridClock clock = new GridClock(instance.hazelcast(), InstantSource.system());
        watches.add(new TombstoneWatch(instance.hazelcast(), maps, new Tombstones(codec, clock.now()), listener));
    }

    /** The tallies of failed sign-ins in the namespace. Each call waits for the grid no longer than the patience. */
    public TryCounts tryCounts(Duration patience, InstantSource ownClock) {
        GridClock clock = new GridClock(instance.hazelcast(), ownClock);
        return new HazelcastTryCounts(
                instance.hazelcast(), maps.tries(), calls, new HazelcastTryCounts.Patience(clock, patience));
    }

    /** Looks at how the grid is doing. */
    public GridProbe probe() {
        return new GridProbe(instance, this::rows, calls);
    }

    /** What is wrong with the live map of rows, as it was at the start; nothing when all is well. */
    public List<MapFault> faults() {
        return faults;
    }

    /** How the rows fared that merges have been at, as far as this node owned them. A client repairs none. */
    public MergeRepairs repairs() {
        return merges.map(MergeWatch::repairs).orElse(MergeRepairs.NONE);
    }

    /** A line for the log: where sessions live, and what it costs when that is one place only. */
    public String description() {
        return instance.description();
    }

    /** The name of the cluster, when nobody seems to have chosen it: another server that nobody has named may join. */
    public Optional<String> unchosenName() {
        return instance.unchosenName();
    }

    /** Stops what was started here, and leaves no thread and no listener. A second call changes nothing. */
    @Override
    public void close() {
        watches.forEach(watch -> close("watch", watch::close));
        keys.forEach(drawn -> close("keys", drawn::close));
        merges.ifPresent(watch -> close("repair", watch::close));
        close("repair's threads", repairThreads::close);
        close("threads", threads::close);
        close("instance", instance::close);
    }

    /** Taking a listener off asks every member, and one that does not answer must not keep the others from being closed. */
    private static void close(String part, Runnable closing) {
        try {
            closing.run();
        } catch (HazelcastException | IllegalStateException e) {
            LOG.log(Level.WARNING, "The " + part + " of the grid could not be closed in order.", e);
        }
    }
}
