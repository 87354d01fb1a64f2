package dev.postern.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A member of a cluster in a JVM of its own, without Postern and without requests: it only keeps rows.
 *
 * <p>For one thread.
 */
final class ForeignMember implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ForeignMember.class.getName());
    private static final String READY = "ready";
    private static final int TRIES = 3;

    private final Process process;

    private ForeignMember(Process process) {
        this.process = process;
    }

    /**
     * Starts a member that the others find at another port than its own. If its JVM ends at once, logs that and
     * retries.
     */
    static ForeignMember start(String cluster, int port, int publicPort, Path log) throws IOException {
        for (int tries = 1; tries < TRIES; tries++) {
            try {
                return startOnce(cluster, port, publicPort, log);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The member did not start, and is started again.", e);
            }
        }
        return startOnce(cluster, port, publicPort, log);
    }

    private static ForeignMember startOnce(String cluster, int port, int publicPort, Path log) throws IOException {
        Process process = new ProcessBuilder(
                        program("java"),
                        "-Xmx96m",
                        "-Dhazelcast.partition.count=" + System.getProperty("hazelcast.partition.count", "271"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForeignMember.class.getName(),
                        cluster,
                        Integer.toString(port),
                        Integer.toString(publicPort))
                .redirectError(log.toFile())
                .start();
        String answer = process.inputReader().readLine();
        if (!READY.equals(answer)) {
            process.destroyForcibly();
            throw new IOException("The member said " + answer + ": " + Files.readString(log));
        }
        return new ForeignMember(process);
    }

    /** A dump of its heap. */
    byte[] heap(Path file) throws IOException, InterruptedException {
        Process dump = new ProcessBuilder(
                        program("jcmd"), Long.toString(process.pid()), "GC.heap_dump", "-all", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (dump.waitFor() != 0 || !Files.exists(file)) {
            throw new IOException("There is no dump of the heap: " + said);
        }
        return Files.readAllBytes(file);
    }

    private static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the member until its standard input ends, as it does when the test's JVM does. */
    public static void main(String[] args) {
        String place = "127.0.0.1:" + args[2];
        Config config = TestCluster.bare().setClusterName(args[0]);
        config.getNetworkConfig().setPort(Integer.parseInt(args[1])).setPublicAddress(place);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).setMembers(List.of(place));
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        System.out.println(READY);
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            member.getLifecycleService().terminate();
        }
    }
}
