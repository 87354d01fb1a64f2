package dev.postern.bench;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.postern.SessionEvent;
import dev.postern.hazelcast.Grid;
import dev.postern.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * So many members: one in this JVM, where the time is taken, and each other one in a JVM of its own.
 *
 * <p>For one thread, until all members are there.
 */
final class MemberCluster implements AutoCloseable {

    /** More members than any benchmark has. */
    private static final int MOST = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A line for each session would be most of what is measured, and the peers write none. */
    private static final Logger SESSION_EVENTS = Logger.getLogger(SessionEvent.class.getPackageName());

    private final int firstPort = FreePorts.inARow(MOST);
    private final List<Process> others = new ArrayList<>();
    private final List<Grid> joined = new ArrayList<>();
    private final Grid grid;
    private final HazelcastInstance hazelcast;

    private MemberCluster(int members) {
        SESSION_EVENTS.setLevel(Level.WARNING);
        String all = IntStream.range(0, members)
                .mapToObj(member -> "127.0.0.1:" + (firstPort + member))
                .collect(Collectors.joining(","));
        System.setProperty("bench.members", all);
        System.setProperty("bench.port", Integer.toString(firstPort));
        this.grid = Member.open();
        this.hazelcast = Hazelcast.getAllHazelcastInstances().iterator().next();
        for (int member = 1; member < members; member++) {
            others.add(start(firstPort + member, all));
        }
        await(members);
    }

    static MemberCluster of(int members) {
        return new MemberCluster(members);
    }

    Grid grid() {
        return grid;
    }

    HazelcastInstance hazelcast() {
        return hazelcast;
    }

    /** Takes one member more, in this JVM, so that the backups lie in its heap too. */
    void join() {
        System.setProperty("bench.port", Integer.toString(firstPort + others.size() + joined.size() + 1));
        joined.add(Member.open());
        await(others.size() + joined.size() + 1);
    }

    /** Whether this member owns what stands under the key. */
    boolean owns(String key) {
        return hazelcast
                .getCluster()
                .getLocalMember()
                .equals(hazelcast.getPartitionService().getPartition(key).getOwner());
    }

    private static Process start(int port, String members) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx3g",
                            "-Djava.net.preferIPv4Stack=true",
                            "-Dbench.port=" + port,
                            "-Dbench.members=" + members,
                            "-Dbench.hazelcast=" + System.getProperty("bench.hazelcast", "src/bench/hazelcast.xml"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Member.class.getName())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(int members) {
        try {
            Awaitility.await(members + " members")
                    .atMost(PATIENCE)
                    .until(() -> hazelcast.getCluster().getMembers().size() >= members
                            && hazelcast.getPartitionService().isClusterSafe());
        } catch (ConditionTimeoutException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        others.forEach(Process::destroyForcibly);
        others.forEach(process -> process.onExit().join());
        joined.forEach(Grid::close);
        grid.close();
    }
}
