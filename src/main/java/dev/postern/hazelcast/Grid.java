package dev.postern.hazelcast;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.SessionOver;
import dev.postern.hazelcast.call.CallMetrics;
import dev.postern.hazelcast.call.CallThreads;
import dev.postern.hazelcast.call.ClusterChanges;
import dev.postern.hazelcast.call.ClusterClock;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.call.MergeGate;
import dev.postern.hazelcast.lease.HazelcastLeaseGrid;
import dev.postern.hazelcast.map.ClusterKeyRing;
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
import dev.postern.session.lease.LeaseGrid;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The grid of one application, from its start to its end. It puts together the Hazelcast instance ({@code setup}), the
 * way to call it ({@code call}, {@code quorum}), and the maps ({@code map}). It starts what listens to them ({@code
 * merge}, {@code watch}).
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
    private final CallThreads leaseThreads;
    private final GridCalls calls;
    private final List<MapConfigCheck.Fault> faults;
    private final ClusterChanges changes;
    private final Optional<MergeListener> merges;
    private final Queue<TombstoneWatcher> watchers = new ConcurrentLinkedQueue<>();
    private final Queue<NamespaceOwner> owners = new ConcurrentLinkedQueue<>();
    private final HazelcastLeaseGrid leases;
    private final Queue<Runnable> beforeClose = new ConcurrentLinkedQueue<>();

    private Grid(InstanceFinder finder, MapConfigs maps, RowTtl lifetimes) {
        ManagedInstance instance = finder.find();
        this.maps = maps;
        this.faults = configureMaps(instance);
        this.connection = new HazelcastConnection(maps.namespace(), instance, () -> findAnother(finder), FIRST_PAUSE);
        this.changes = new ClusterChanges(connection);
        this.threads = new CallThreads(maps.namespace());
        MergeGate gate = new MergeGate(connection);
        // not requireRows: that calls the grid, for which the quorum would be needed
        HazelcastMembers clusterMembers = new HazelcastMembers(connection, this::openRows);
        Quorum quorum = new Quorum(clusterMembers, finder.settings().minimumMembers());
        this.calls = new GridCalls(threads, gate, quorum);
        this.repairThreads = new CallThreads(maps.namespace() + "-repair");
        this.leaseThreads = new CallThreads(maps.namespace() + "-lease");
        this.leases = new HazelcastLeaseGrid(
                connection,
                this::requireKeys,
                "postern.copies." + maps.namespace(),
                new GridCalls(leaseThreads, gate, quorum),
                changes);
        this.merges = instance.isClient() ? Optional.empty() : Optional.of(mergeListener(gate, quorum, lifetimes));
        connection.whenReplaced(this::instanceReplaced);
        instance.awaitMigrations();
        tryToOpenRows();
    }

    /** Configures the maps of an instance that has just been found, and closes it if that fails. */
    private List<MapConfigCheck.Fault> configureMaps(ManagedInstance instance) {
        try {
            return maps.configure(instance);
        } catch (HazelcastException | IllegalStateException e) {
            instance.close();
            throw new PosternException("The Hazelcast maps cannot be prepared: " + e.getMessage(), e);
        }
    }

    private ManagedInstance findAnother(InstanceFinder finder) {
        ManagedInstance found = finder.find();
        if (!found.isRunning()) {
            throw new PosternException("the server's own instance has stopped");
        }
        List<MapConfigCheck.Fault> unused = configureMaps(found);
        return found;
    }

    /** Every listener of the stopped instance moves to the new one. */
    private void instanceReplaced() {
        changes.instanceReplaced();
        merges.ifPresent(MergeListener::instanceReplaced);
        watchers.forEach(TombstoneWatcher::instanceReplaced);
        leases.instanceReplaced();
        tryToOpenRows();
    }

    /**
     * Repairs have threads of their own, so that no user waits for them. Their clock has no true time once the member
     * has stopped, and needs none: a stopped member repairs nothing.
     */
    private MergeListener mergeListener(MergeGate gate, Quorum quorum, RowTtl lifetimes) {
        GridCalls repairCalls = new GridCalls(repairThreads, gate, quorum);
        ClusterClock clock = new ClusterClock(connection, () -> Instant.EPOCH);
        CredentialsCache cache = new HazelcastCredentialsCache(this::requireRows, repairCalls, clock, lifetimes);
        return new MergeListener(connection, maps, cache, new RowMergeRule(lifetimes.codec()), gate);
    }

    /**
     * Opens the map of rows at the start. Payara: a map that a request creates is tied to the application of that
     * request (PY-09). Creating the index can fail: it needs a majority in a protected cluster, and may miss a backup
     * while rows move (D6). Then the first request that succeeds creates it, and earlier ones are answered with 503.
     */
    private void tryToOpenRows() {
        try {
            IMap<String, Object> unused = openRows();
        } catch (PosternException | HazelcastException e) {
            LOG.log(
                    Level.WARNING,
                    "Hazelcast does not answer yet, and until it does, requests that need a session get 503: {0}",
                    e.getMessage());
        }
    }

    /** Gets or creates the map of rows, and registers the merge listener with it once. */
    private IMap<String, Object> openRows() {
        IMap<String, Object> rows = connection.get().getMap(maps.sessions());
        merges.ifPresent(listener -> listener.listenTo(rows));
        return rows;
    }

    /**
     * Opens the map of rows for a call. Throws {@link PosternException} unless the namespace is this application's, and
     * claims it first if that is unknown.
     */
    private IMap<String, Object> requireRows() {
        owners.forEach(NamespaceOwner::require);
        return openRows();
    }

    private IMap<String, byte[]> keys() {
        return connection.get().getMap(maps.keys());
    }

    /** Holders of copies are in the map of keys too, if the namespace is this application's. */
    private IMap<String, byte[]> requireKeys() {
        owners.forEach(NamespaceOwner::require);
        return keys();
    }

    private IMap<String, Object> failures() {
        return connection.get().getMap(maps.failures());
    }

    /**
     * Finds or starts Hazelcast and configures the maps of the namespace. May take seconds.
     *
     * @throws PosternException if Hazelcast cannot be found or started as the settings say, or has known flaws
     */
    public static Grid open(String namespace, HazelcastSettings settings, RowTtl lifetimes) {
        return open(new InstanceFinder(namespace, settings, HazelcastVersion.FLOOR), lifetimes);
    }

    /** Like {@link #open}, with any version of Hazelcast. */
    public static Grid openOnAnyVersion(String namespace, HazelcastSettings settings, RowTtl lifetimes) {
        return open(new InstanceFinder(namespace, settings, HazelcastVersion.NONE), lifetimes);
    }

    private static Grid open(InstanceFinder finder, RowTtl lifetimes) {
        HazelcastSettings settings = finder.settings();
        return new Grid(
                finder, new MapConfigs(finder.namespace(), settings.backups(), lifetimes.mapDefault()), lifetimes);
    }

    /**
     * Claims the namespace for an application: in a namespace of two, the tokens of one would open the other. From then
     * on every call fails unless the namespace is known to be this application's.
     *
     * @param identity the application, in words that no other application has
     * @param isShared whether the settings name the namespace, so that all applications that name it share it
     * @param patience how long to wait for the grid
     * @return the fault if the namespace is another application's; empty also if the grid does not answer
     */
    public Optional<MapConfigCheck.Fault> claim(String identity, boolean isShared, Duration patience) {
        NamespaceOwner.Claim claim = new NamespaceOwner.Claim(maps.namespace(), identity, isShared, patience);
        NamespaceOwner owner = new NamespaceOwner(this::keys, calls, changes, claim);
        owners.add(owner);
        return owner.claim();
    }

    /** The rows of the namespace. The machine's own clock serves when the cluster's time is unknown. */
    public CredentialsCache cache(RowTtl lifetimes, InstantSource ownClock) {
        ClusterClock clock = new ClusterClock(connection, ownClock);
        return new HazelcastCredentialsCache(this::requireRows, calls, clock, lifetimes);
    }

    /**
     * Keys that the cluster generates for itself if none are configured ({@link ClusterKeyRing}). Getting them waits
     * for the grid no longer than the patience, and throws {@link PosternException} if the grid is broken. They can
     * change when two clusters merge.
     */
    public Supplier<KeyRing> clusterKeys(SecureRandom random, Duration patience) {
        return new ClusterKeyRing(this::keys, calls, changes, random, patience);
    }

    /**
     * Reports each session that ends from now on, on any node, once to the listener. The listener is called on one
     * thread that has the application's class loader, until this is closed.
     */
    public void watch(RowCodec codec, Consumer<SessionOver> listener) {
        watch(codec, (key, tombstone) -> {}, listener);
    }

    /**
     * Like {@link #watch(RowCodec, Consumer)}.
     *
     * @param ended is called with key and tombstone of each session that ends, on any node and on any thread; it must
     *     not take long. Some may be missed
     */
    public void watch(RowCodec codec, BiConsumer<RowKey, byte[]> ended, Consumer<SessionOver> listener) {
        ClusterClock clock = new ClusterClock(connection, InstantSource.system());
        watchers.add(new TombstoneWatcher(
                connection, maps, new TombstoneTracker(codec, clock.now()), leases::ended, ended, listener));
    }

    /**
     * The counters of failed sign-ins in the namespace. All calls for one sign-in wait for the grid no longer than the
     * patience. Creates the map now. Payara: a request would tie it to the request's application (PY-09).
     */
    public FailureCountStore failureCounts(Duration patience, InstantSource ownClock) {
        IMap<String, Object> unused = failures();
        ClusterClock clock = new ClusterClock(connection, ownClock);
        return new HazelcastFailureCountStore(this::failures, calls, clock, patience);
    }

    /** Runs when this is about to be closed, while the grid still answers. */
    public void beforeClose(Runnable action) {
        beforeClose.add(action);
    }

    /** What leases of copies need. Their calls have threads and counters of their own. */
    public LeaseGrid leases() {
        return leases;
    }

    /** Whether the grid works, for operators. */
    public GridHealth health() {
        return new GridHealth(connection, this::requireRows, calls);
    }

    /** The counters of the calls to the grid, except those of merge repairs. */
    public CallMetrics callMetrics() {
        return calls.metrics();
    }

    /** The faults of the configuration of the live maps at the start; empty if all is well. */
    public List<MapConfigCheck.Fault> faults() {
        return faults;
    }

    /** How many rows this node has repaired after merges. All zero on a client, which repairs none. */
    public MergeRepair.Counts repairs() {
        return merges.map(MergeListener::repairs).orElse(MergeRepair.Counts.NONE);
    }

    /** A line for the log: where sessions live, and what is lost if that is one member only. */
    public String description() {
        return connection.instance().description();
    }

    /** The name of the server's cluster if it is a default, with which another server may join by accident. */
    public Optional<String> unchosenName() {
        return connection.instance().unchosenName();
    }

    /** Stops what was started here, and leaves no thread and no listener. Idempotent. */
    @Override
    public void close() {
        beforeClose.forEach(action -> close("user", action));
        connection.beginClosing();
        close("cluster listener", changes::close);
        watchers.forEach(watcher -> close("watcher", watcher::close));
        close("lease listeners", leases::close);
        merges.ifPresent(listener -> close("merge listener", listener::close));
        close("repair's threads", repairThreads::close);
        close("lease's threads", leaseThreads::close);
        close("threads", threads::close);
        close("instance", connection::close);
    }

    /** Removing a listener calls every member, and a member that does not answer must not keep the rest open. */
    private static void close(String part, Runnable closing) {
        try {
            closing.run();
        } catch (PosternException | HazelcastException | IllegalStateException e) {
            LOG.log(Level.WARNING, "The " + part + " of the grid could not be closed.", e);
        }
    }
}
