package dev.postern.hazelcast;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.SessionOver;
import dev.postern.hazelcast.call.CallThreads;
import dev.postern.hazelcast.call.ClusterClock;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.call.MergeGate;
import dev.postern.hazelcast.map.ClusterKeyRing;
import dev.postern.hazelcast.map.ClusterKeyRing.Drawing;
import dev.postern.hazelcast.map.HazelcastCredentialsCache;
import dev.postern.hazelcast.map.HazelcastFailureCountStore;
import dev.postern.hazelcast.map.NamespaceOwner;
import dev.postern.hazelcast.merge.MergeListener;
import dev.postern.hazelcast.merge.MergeRepair;
import dev.postern.hazelcast.quorum.HazelcastMembers;
import dev.postern.hazelcast.quorum.Quorum;
import dev.postern.hazelcast.setup.HazelcastConnection;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.hazelcast.setup.HazelcastVersion;
import dev.postern.hazelcast.setup.InstanceFinder;
import dev.postern.hazelcast.setup.ManagedInstance;
import dev.postern.hazelcast.setup.MapConfigCheck;
import dev.postern.hazelcast.setup.MapConfigs;
import dev.postern.hazelcast.watch.TombstoneTracker;
import dev.postern.hazelcast.watch.TombstoneWatcher;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowMergeRule;
import dev.postern.session.row.RowTtl;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.throttle.FailureCountStore;
import dev.postern.session.token.KeyRing;
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

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final HazelcastConnection connection;
    private final MapConfigs maps;
    private final CallThreads threads;
    private final CallThreads repairThreads;
    private final GridCalls calls;
    private final List<MapConfigCheck.Fault> faults;
    private final Optional<MergeListener> merges;
    private final Queue<ClusterKeyRing> keys = new ConcurrentLinkedQueue<>();
    private final Queue<TombstoneWatcher> watches = new ConcurrentLinkedQueue<>();
    private final Queue<NamespaceOwner> owners = new ConcurrentLinkedQueue<>();

    private Grid(InstanceFinder finder, MapConfigs maps, RowTtl lifetimes) {
        ManagedInstance instance = finder.find();
        this.maps = maps;
        this.faults = prepare(instance);
        this.connection = new HazelcastConnection(maps.namespace(), instance, () -> another(finder), FIRST_PAUSE);
        this.threads = new CallThreads(maps.namespace());
        MergeGate gate = new MergeGate(connection);
        // not rows(): whose namespace it is can only be asked when enough members are there
        HazelcastMembers clusterMembers = new HazelcastMembers(connection, this::map);
        Quorum quorum = new Quorum(clusterMembers, finder.settings().minimumMembers());
        this.calls = new GridCalls(threads, gate, quorum);
        this.repairThreads = new CallThreads(maps.namespace() + "-repair");
        this.merges = instance.isClient() ? Optional.empty() : Optional.of(mergeListener(gate, quorum, lifetimes));
        connection.whenReplaced(this::instanceReplaced);
        instance.settle();
        makeRows();
    }

    /**
     * The faults of the maps of an instance that has just been found. An instance that cannot have the maps is closed.
     */
    private List<MapConfigCheck.Fault> prepare(ManagedInstance instance) {
        try {
            return new MapConfigs.Registrar(instance, maps).run();
        } catch (HazelcastException | IllegalStateException e) {
            instance.close();
            throw new PosternException("The Hazelcast maps cannot be prepared: " + e.getMessage(), e);
        }
    }

    private ManagedInstance another(InstanceFinder finder) {
        ManagedInstance found = finder.find();
        if (!found.isRunning()) {
            throw new PosternException("the server's own instance has stopped");
        }
        List<MapConfigCheck.Fault> unused = prepare(found);
        return found;
    }

    /** What listened to the stopped instance listens to the new one. */
    private void instanceReplaced() {
        owners.forEach(NamespaceOwner::instanceReplaced);
        keys.forEach(ClusterKeyRing::instanceReplaced);
        merges.ifPresent(MergeListener::instanceReplaced);
        watches.forEach(TombstoneWatcher::instanceReplaced);
        makeRows();
    }

    /**
     * Repairs have threads of their own, or users would wait. A member that has stopped repairs nothing, so it needs no
     * other clock.
     */
    private MergeListener mergeListener(MergeGate gate, Quorum quorum, RowTtl lifetimes) {
        GridCalls own = new GridCalls(repairThreads, gate, quorum);
        ClusterClock clock = new ClusterClock(connection, () -> Instant.EPOCH);
        CredentialsCache cache = new HazelcastCredentialsCache(this::rows, own, clock, lifetimes);
        return new MergeListener(connection, maps, cache, new RowMergeRule(lifetimes.codec()), gate);
    }

    /**
     * Makes the map of rows now, because Payara ties a map that is made in a request to the request's application
     * (PY-09). Making its index needs a majority, which the first node of a protected cluster is not, and may miss a
     * backup while rows move (D6). Then the first request that finds the grid whole makes it, and until then they are
     * answered with 503.
     */
    private void makeRows() {
        try {
            IMap<String, Object> unused = map();
        } catch (PosternException | HazelcastException e) {
            LOG.log(
                    Level.WARNING,
                    "Hazelcast does not answer yet, and until it does, requests that need a session get 503: {0}",
                    e.getMessage());
        }
    }

    private IMap<String, Object> map() {
        IMap<String, Object> map = connection.get().getMap(maps.sessions());
        merges.ifPresent(watch -> watch.listenTo(map));
        return map;
    }

    /** The map of rows, of a namespace that is this application's. */
    private IMap<String, Object> rows() {
        owners.forEach(NamespaceOwner::require);
        return map();
    }

    /**
     * Finds or starts Hazelcast and prepares the maps of the namespace. May take seconds.
     *
     * @throws PosternException when there is no Hazelcast to be had as the settings want it, or only one with known
     *     flaws
     */
    public static Grid open(String namespace, HazelcastSettings settings, RowTtl lifetimes) {
        return open(new InstanceFinder(namespace, settings, HazelcastVersion.FLOOR), lifetimes);
    }

    /** Opens a grid with any version of Hazelcast. */
    public static Grid openOnAnyVersion(String namespace, HazelcastSettings settings, RowTtl lifetimes) {
        return open(new InstanceFinder(namespace, settings, HazelcastVersion.NONE), lifetimes);
    }

    private static Grid open(InstanceFinder finder, RowTtl lifetimes) {
        HazelcastSettings settings = finder.settings();
        return new Grid(
                finder, new MapConfigs(finder.namespace(), settings.backups(), lifetimes.mapDefault()), lifetimes);
    }

    /**
     * Claims the namespace for an application, or finds that it is another one's: a token of one would open the other.
     * Every later call fails while the namespace is not known to be this application's, because the grid did not answer
     * for instance.
     *
     * @param identity which application this is, in words that no other application has
     * @param isShared whether the namespace was chosen, for every application that chooses it
     * @param patience how long to wait for the grid
     * @return the fault if the namespace is another application's
     */
    public Optional<MapConfigCheck.Fault> claim(String identity, boolean isShared, Duration patience) {
        NamespaceOwner claimed =
                new NamespaceOwner(connection, maps, calls, new NamespaceOwner.Claim(identity, isShared, patience));
        owners.add(claimed);
        return claimed.fault();
    }

    /** The rows of the namespace. The machine's own clock serves where the cluster's time is not to be had. */
    public CredentialsCache cache(RowTtl lifetimes, InstantSource ownClock) {
        return new HazelcastCredentialsCache(this::rows, calls, new ClusterClock(connection, ownClock), lifetimes);
    }

    /**
     * Keys that the cluster draws for itself, for when none are configured. Asking for them may go to the grid, waits
     * for it no longer than the patience, and throws {@link PosternException} when it is broken. They can change when
     * two clusters merge.
     */
    public Supplier<KeyRing> drawnKeys(SecureRandom random, Duration patience) {
        ClusterKeyRing drawn = new ClusterKeyRing(connection, maps.keys(), calls, new Drawing(random, patience));
        keys.add(drawn);
        return drawn;
    }

    /**
     * Tells the listener of every session that is over, wherever it is ended from now on, each once. It is called on
     * one thread that has the application's class loader, until this is closed.
     */
    public void watch(RowCodec codec, Consumer<SessionOver> listener) {
        ClusterClock clock = new ClusterClock(connection, InstantSource.system());
        watches.add(new TombstoneWatcher(connection, maps, new TombstoneTracker(codec, clock.now()), listener));
    }

    /** The tallies of failed sign-ins in the namespace. Each call waits for the grid no longer than the patience. */
    public FailureCountStore failureCounts(Duration patience, InstantSource ownClock) {
        ClusterClock clock = new ClusterClock(connection, ownClock);
        return new HazelcastFailureCountStore(
                connection, maps.tries(), calls, new HazelcastFailureCountStore.Patience(clock, patience));
    }

    /** Looks at how the grid is doing. */
    public GridHealth probe() {
        return new GridHealth(connection, this::rows, calls);
    }

    /** What is wrong with the live map of rows, as it was at the start; empty if all is well. */
    public List<MapConfigCheck.Fault> faults() {
        return faults;
    }

    /** How the rows fared that merges have been at, as far as this node owned them. A client repairs none. */
    public MergeRepair.Counts repairs() {
        return merges.map(MergeListener::repairs).orElse(MergeRepair.Counts.NONE);
    }

    /** A line for the log: where sessions live, and what it costs when that is one place only. */
    public String description() {
        return connection.instance().description();
    }

    /** The name of the cluster, when it is a default: another server with that default may join. */
    public Optional<String> unchosenName() {
        return connection.instance().unchosenName();
    }

    /** Stops what was started here, and leaves no thread and no listener. A second call changes nothing. */
    @Override
    public void close() {
        connection.beginClosing();
        owners.forEach(claimed -> close("owner", claimed::close));
        watches.forEach(watch -> close("watch", watch::close));
        keys.forEach(drawn -> close("keys", drawn::close));
        merges.ifPresent(watch -> close("repair", watch::close));
        close("repair's threads", repairThreads::close);
        close("threads", threads::close);
        close("instance", connection::close);
    }

    /**
     * Taking a listener off asks every member, and one that does not answer must not keep the others from being closed.
     */
    private static void close(String part, Runnable closing) {
        try {
            closing.run();
        } catch (PosternException | HazelcastException | IllegalStateException e) {
            LOG.log(Level.WARNING, "The " + part + " of the grid could not be closed.", e);
        }
    }
}
