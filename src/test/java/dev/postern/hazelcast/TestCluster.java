package dev.postern.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.setup.FreePlaces;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.hazelcast.setup.MemberAddress;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A cluster of grids on the loopback address, with a namespace of its own. */
public final class TestCluster implements AutoCloseable {

    private final String namespace = "test-" + UUID.randomUUID();
    private final List<Grid> grids = new ArrayList<>();
    private final List<MemberAddress> members;
    private final List<Path> files;
    private int started;

    private TestCluster(List<MemberAddress> members) {
        this(members, List.of());
    }

    /** With files, each is that of one member. */
    private TestCluster(List<MemberAddress> members, List<Path> files) {
        this.members = members;
        this.files = List.copyOf(files);
    }

    /** A cluster with this list, and without members yet. */
    static TestCluster of(List<MemberAddress> members) {
        return new TestCluster(members);
    }

    /** One member that does not search for others. */
    public static TestCluster alone() {
        TestCluster cluster = new TestCluster(List.of());
        cluster.addMember();
        return cluster;
    }

    /** Two members with one list. If another process has just taken a port of the list, another list is used. */
    public static TestCluster ofTwo() {
        return started(TestCluster::ready);
    }

    /** The same, of members that let clients in. A member does so only if its file says it. */
    public static TestCluster ofTwoForClients() {
        return started(TestCluster::readyForClients);
    }

    private static TestCluster started(Supplier<TestCluster> clusters) {
        TestCluster cluster = clusters.get();
        try {
            cluster.addMember();
            cluster.addMember();
            return cluster;
        } catch (PosternException e) {
            cluster.close();
            if (!String.valueOf(e.getMessage()).contains("in use")) {
                throw e;
            }
            return started(clusters);
        }
    }

    /** The server's own instance, found by its name. */
    public static TestCluster guest() {
        TestCluster cluster = new TestCluster(List.of());
        cluster.open(new HazelcastSettings(HazelcastSettings.Source.SERVER, Optional.empty(), List.of(), 2, 1));
        return cluster;
    }

    /** The configuration of a member without Postern, which does not search for others. */
    public static Config bare() {
        Config config = new Config().setClusterName("bare-" + UUID.randomUUID());
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().setPort(0).setPortAutoIncrement(false);
        return config;
    }

    /** A cluster with a list for two members, none of which runs yet. */
    public static TestCluster ready() {
        return new TestCluster(FreePlaces.on("127.0.0.1", 2));
    }

    /** The same, of members that let clients in. */
    public static TestCluster readyForClients() {
        List<MemberAddress> members = FreePlaces.on("127.0.0.1", 2);
        return new TestCluster(
                members, members.stream().map(member -> file(members, member)).toList());
    }

    private static Path file(List<MemberAddress> members, MemberAddress own) {
        String listed = members.stream().map(MemberAddress::toString).collect(Collectors.joining(","));
        try {
            return Files.writeString(Files.createTempFile("member", ".xml"), """
                    <hazelcast xmlns="http://www.hazelcast.com/schema/config">
                      <network>
                        <port auto-increment="false">%d</port>
                        <reuse-address>true</reuse-address>
                        <join>
                          <auto-detection enabled="false"/>
                          <multicast enabled="false"/>
                          <tcp-ip enabled="true"><members>%s</members></tcp-ip>
                        </join>
                        <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
                      </network>
                    </hazelcast>
                    """.formatted(own.port(), listed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Grid addMember() {
        return add(1);
    }

    public Grid add(int minimumMembers) {
        boolean hasFiles = !files.isEmpty();
        return open(new HazelcastSettings(
                HazelcastSettings.Source.EMBEDDED,
                hasFiles ? Optional.of(files.get(started++ % files.size()).toString()) : Optional.empty(),
                hasFiles ? List.of() : members,
                2,
                minimumMembers));
    }

    public Grid addClient() {
        return open(new HazelcastSettings(HazelcastSettings.Source.CLIENT, Optional.empty(), members, 2, 1));
    }

    public Grid open(HazelcastSettings settings) {
        Grid grid = Grid.openOnAnyVersion(namespace, settings, TestRows.LIFETIMES);
        grids.add(grid);
        return grid;
    }

    public CredentialsCache cache(int node) {
        return grids.get(node).cache(TestRows.LIFETIMES, InstantSource.system());
    }

    public Grid grid(int node) {
        return grids.get(node);
    }

    public String namespace() {
        return namespace;
    }

    public List<MemberAddress> members() {
        return members;
    }

    /** Some member of this cluster, to look behind the adapter. */
    public HazelcastInstance member() {
        return instances().get(0);
    }

    public List<HazelcastInstance> instances() {
        return Hazelcast.getAllHazelcastInstances().stream()
                .filter(member -> member.getConfig().getClusterName().equals("postern-" + namespace))
                .toList();
    }

    /** Creating the index may miss a backup on a busy machine (D6). Then the map is created once more. */
    public IMap<String, Object> map() {
        String name = "postern.sessions." + namespace;
        try {
            return member().getMap(name);
        } catch (IndeterminateOperationStateException e) {
            return member().getMap(name);
        }
    }

    /** The rest of the row's time to live. */
    public Duration timeLeft(RowKey key) {
        var view = map().getEntryView(key.text());
        if (view == null) {
            return Duration.ZERO;
        }
        assert view.getExpirationTime() != Long.MAX_VALUE : "kept for ever";
        return Duration.ofMillis(
                view.getExpirationTime() - member().getCluster().getClusterTime());
    }

    @Override
    public void close() {
        for (int i = grids.size() - 1; i >= 0; i--) {
            grids.get(i).close();
        }
        files.forEach(TestCluster::delete);
    }

    private static void delete(Path file) {
        try {
            boolean unused = Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
