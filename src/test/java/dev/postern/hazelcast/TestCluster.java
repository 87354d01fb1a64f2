package dev.postern.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.postern.session.CredentialsCache;
import dev.postern.session.RowKey;
import dev.postern.session.TestRows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A cluster of grids on the loopback address, with a namespace that nobody else has. */
final class TestCluster implements AutoCloseable {

    private static final int FIRST_PORT = 15_800;
    private static final int LAST_PORT = 15_899;

    private final String namespace = "test-" + UUID.randomUUID();
    private final List<Grid> grids = new ArrayList<>();
    private final List<MemberAddress> members;

    private TestCluster(List<MemberAddress> members) {
        this.members = members;
    }

    /** One member that looks for nobody. */
    static TestCluster alone() {
        TestCluster cluster = new TestCluster(List.of());
        cluster.addMember();
        return cluster;
    }

    /** Two members that were given the same list. */
    static TestCluster ofTwo() {
        TestCluster cluster = new TestCluster(twoPlaces());
        cluster.addMember();
        cluster.addMember();
        return cluster;
    }

    /** A list for two members of which none runs yet. */
    static TestCluster ready() {
        return new TestCluster(twoPlaces());
    }

    Grid addMember() {
        return add(1);
    }

    Grid add(int minimumMembers) {
        return open(new GridSettings(GridSource.EMBEDDED, Optional.empty(), members, 2, minimumMembers));
    }

    Grid addClient() {
        return open(new GridSettings(GridSource.CLIENT, Optional.empty(), members, 2, 1));
    }

    Grid open(GridSettings settings) {
        Grid grid = Grid.open(namespace, settings, TestRows.LIFETIMES);
        grids.add(grid);
        return grid;
    }

    CredentialsCache cache(int node) {
        return grids.get(node).cache(TestRows.LIFETIMES, InstantSource.system());
    }

    Grid grid(int node) {
        return grids.get(node);
    }

    String namespace() {
        return namespace;
    }

    List<MemberAddress> members() {
        return members;
    }

    /** Some member of this cluster, to look behind the adapter. */
    HazelcastInstance member() {
        return instances().get(0);
    }

    List<HazelcastInstance> instances() {
        return Hazelcast.getAllHazelcastInstances().stream()
                .filter(member -> member.getConfig().getClusterName().equals("postern-" + namespace))
                .toList();
    }

    IMap<String, Object> map() {
        return member().getMap("postern.sessions." + namespace);
    }

    /** What is left of the row's time to live. */
    Duration timeLeft(RowKey key) {
        var view = map().getEntryView(key.text());
        if (view == null) {
            return Duration.ZERO;
        }
        assert view.getExpirationTime() != Long.MAX_VALUE : "kept for ever";
        return Duration.ofMillis(
                view.getExpirationTime() - member().getCluster().getClusterTime());
    }

    /** Two places whose ports are free at this moment. */
    static List<MemberAddress> twoPlaces() {
        List<MemberAddress> free = new ArrayList<>();
        int span = LAST_PORT - FIRST_PORT;
        int start = Math.floorMod(UUID.randomUUID().hashCode(), span);
        for (int i = 0; i < span && free.size() < 2; i++) {
            int port = FIRST_PORT + (start + i) % span;
            if (isFree(port)) {
                free.add(new MemberAddress("127.0.0.1", port));
            }
        }
        return List.copyOf(free);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (int i = grids.size() - 1; i >= 0; i--) {
            grids.get(i).close();
        }
    }
}
