package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import dev.postern.hazelcast.call.CallThreads;
import dev.postern.hazelcast.call.ClusterClock;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.call.TestCalls;
import dev.postern.hazelcast.map.HazelcastCredentialsCache;
import dev.postern.hazelcast.quorum.HazelcastMembers;
import dev.postern.hazelcast.quorum.Quorum;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.hazelcast.setup.InstanceFinder;
import dev.postern.hazelcast.setup.MapConfigs;
import dev.postern.hazelcast.setup.MemberConfig;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Members in one JVM that can be partitioned and merged. Each has a copy of every row. They find each other again after
 * a second instead of 15 seconds. A test decides whether merges are repaired.
 *
 * <p>For one thread.
 */
public final class SplitCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String namespace = "split-" + UUID.randomUUID();
    private final List<HazelcastInstance> members = new ArrayList<>();
    private final Queue<String> merged = new ConcurrentLinkedQueue<>();
    private final List<Grid> grids = new ArrayList<>();
    private final Wires wires;
    private final MapConfigs maps;

    SplitCluster(int size) {
        this(size, config -> config);
    }

    /** With a Hazelcast that merges no rows, and that begins a merge late. */
    static SplitCluster losingWhatItMerges(int size) {
        MergePolicyConfig discard = new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName());
        return new SplitCluster(size, config -> {
            config.getMapConfigs().values().forEach(map -> map.setMergePolicyConfig(discard));
            return config;
        });
    }

    /** Listeners are called in no order, so of several one is almost always called after the product's own. */
    void delayMerges() {
        members.forEach(member -> IntStream.range(0, 5)
                .forEach(number -> member.getLifecycleService().addLifecycleListener(event -> {
                    if (event.getState() == LifecycleState.MERGING) {
                        LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
                    }
                })));
    }

    private SplitCluster(int size, UnaryOperator<Config> change) {
        this.wires = new Wires(size);
        this.maps = new MapConfigs(namespace, size - 1, TestRows.LIFETIMES.mapDefault());
        IntStream.range(0, size)
                .forEach(number -> members.add(Hazelcast.newHazelcastInstance(change.apply(config(number, size)))));
        members.forEach(member -> member.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                merged.add(member.getName());
            }
        }));
        awaitSize(size, members);
    }

    private Config config(int number, int size) {
        Config config = new MemberConfig(namespace).alone();
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig();
        ServerSocketEndpointConfig members = new ServerSocketEndpointConfig()
                .setPort(wires.ownPort(number))
                .setPortAutoIncrement(false)
                .setReuseAddress(true);
        network.setMemberEndpointConfig(
                members.setPublicAddress(wires.place(number).toString()));
        TcpIpConfig listed = network.getJoin().getTcpIpConfig().setEnabled(true);
        IntStream.range(0, size)
                .forEach(other -> listed.addMember(wires.place(other).toString()));
        return config.setProperty("hazelcast.local.localAddress", Wires.host(number))
                .setProperty("hazelcast.socket.client.bind.any", "false")
                .setProperty("hazelcast.partition.count", "11")
                .setProperty("hazelcast.operation.thread.count", "2")
                .setProperty("hazelcast.operation.generic.thread.count", "2")
                .setProperty("hazelcast.event.thread.count", "1")
                .setProperty("hazelcast.io.thread.count", "1")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "1")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "1")
                .addMapConfig(maps.sessionsConfig());
    }

    /** Runs the application's grid on every member, as on a server that has its own Hazelcast. */
    void openGrids() {
        HazelcastSettings settings =
                new HazelcastSettings(HazelcastSettings.Source.SERVER, Optional.empty(), List.of(), maps.backups(), 1);
        members.forEach(member -> {
            try (FakeNaming naming = FakeNaming.bind(InstanceFinder.JNDI_NAME, member)) {
                grids.add(Grid.openOnAnyVersion(namespace, settings, TestRows.LIFETIMES));
                assertThat(naming.lookUps()).isPositive();
            }
        });
    }

    Grid grid(int member) {
        return grids.get(member);
    }

    List<Grid> grids() {
        return grids;
    }

    /** The rows as this member sees them. */
    CredentialsCache cache(int member) {
        HazelcastInstance instance = members.get(member);
        GridCalls calls = TestCalls.to(instance, new CallThreads("split"));
        return new HazelcastCredentialsCache(
                () -> map(member), calls, new ClusterClock(() -> instance, InstantSource.system()), TestRows.LIFETIMES);
    }

    IMap<String, Object> map(int member) {
        return members.get(member).getMap(maps.sessions());
    }

    /** The quorum of this member with a minimum of two. */
    Quorum quorum(int member) {
        return new Quorum(new HazelcastMembers(() -> members.get(member), () -> map(member)), 2);
    }

    HazelcastInstance member(int number) {
        return members.get(number);
    }

    /** The rest of the row's time to live, as this member sees it. */
    Duration timeLeft(int member, RowKey key) {
        var view = map(member).getEntryView(key.text());
        return view == null
                ? Duration.ZERO
                : Duration.ofMillis(view.getExpirationTime()
                        - members.get(member).getCluster().getClusterTime());
    }

    /** Cuts every connection between the sides, and waits until each of them is alone. */
    void split(List<List<Integer>> sides) {
        sides.forEach(side -> sides.stream()
                .filter(other -> other != side)
                .forEach(other -> side.forEach(one -> other.forEach(two -> wires.cut(one, two)))));
        sides.forEach(
                side -> awaitSize(side.size(), side.stream().map(members::get).toList()));
    }

    Wires wires() {
        return wires;
    }

    /** Waits until this member lists so many members. */
    void awaitSize(int size, int member) {
        awaitSize(size, List.of(members.get(member)));
    }

    /** Restores all connections among these members, and waits until so many members have merged. */
    void reconnect(List<Integer> among, int parts) {
        merged.clear();
        among.forEach(one -> among.stream().filter(two -> two > one).forEach(two -> wires.restore(one, two)));
        awaitSize(among.size(), among.stream().map(members::get).toList());
        await(parts + " merges", () -> merged.size() >= parts);
        among.forEach(one ->
                await("safe", () -> members.get(one).getPartitionService().isClusterSafe()));
    }

    private static void awaitSize(int size, Collection<HazelcastInstance> members) {
        members.forEach(member ->
                await(size + " members", () -> member.getCluster().getMembers().size() == size));
    }

    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waiting for: %s", what).isNegative();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        grids.forEach(Grid::close);
        members.forEach(member -> member.getLifecycleService().terminate());
        wires.close();
    }
}
