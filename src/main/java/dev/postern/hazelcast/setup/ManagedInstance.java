package dev.postern.hazelcast.setup;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import dev.postern.session.concurrent.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A running Hazelcast instance, how we came to it ({@link HazelcastSettings.Source#AUTO} excepted), and words for it in the log.
 *
 * <p>Immutable.
 */
public record ManagedInstance(HazelcastInstance hazelcast, HazelcastSettings.Source source, String words) {

    private static final Logger LOG = System.getLogger(ManagedInstance.class.getName());
    private static final Set<String> UNCHOSEN = Set.of("dev", "development", "payara");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String ONE_MEMBER = ". It has one member: sessions are lost when that stops, and no other node"
            + " knows them. For a cluster see postern.cache.members and postern.cache.config.";

    /** What the log says at the start: where sessions live, and what it costs when that is one place only. */
    public String description() {
        int members = hazelcast.getCluster().getMembers().size();
        return "Sessions live in " + words + (members == 1 ? ONE_MEMBER : ". It has " + members + " members.");
    }

    /** The name of the server's cluster, when it is a default. */
    public Optional<String> unchosenName() {
        return source == HazelcastSettings.Source.SERVER
                ? Optional.of(hazelcast.getConfig().getClusterName()).filter(UNCHOSEN::contains)
                : Optional.empty();
    }

    public boolean isClient() {
        return source == HazelcastSettings.Source.CLIENT;
    }

    /**
     * Lets the rows arrive that move to a new member, as a rolling restart needs it (D10): a write on a row that is
     * moving can miss its backup and fail (D6). When that takes too long the application starts nevertheless. A client
     * does not see it.
     */
    public void settle() {
        Deadline deadline = Deadline.in(PATIENCE);
        while (!isClient()
                && !hazelcast.getPartitionService().isClusterSafe()
                && deadline.nanosLeft() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * A sentence if the instance is the server's and has known flaws. Empty for a member or client of ours, which are
     * not started then.
     */
    Optional<String> outdated() {
        if (source != HazelcastSettings.Source.SERVER) {
            return Optional.empty();
        }
        HazelcastVersion version = HazelcastVersion.parse(
                hazelcast.getCluster().getLocalMember().getVersion().toString());
        return version.compareTo(HazelcastVersion.FLOOR) >= 0
                ? Optional.empty()
                : Optional.of("The server's own Hazelcast is " + version + ": below " + HazelcastVersion.FLOOR
                        + " a client that reaches its port can read the member's memory, keys included"
                        + " (CVE-2026-107726, CVE-2026-107725). Let only members through to the port, and move"
                        + " to a server with a newer one.");
    }

    public boolean isRunning() {
        return hazelcast.getLifecycleService().isRunning();
    }

    /** What it means, and what to do, when the instance has stopped by itself. */
    String loss() {
        return source == HazelcastSettings.Source.SERVER
                ? "The server's own Hazelcast has stopped, and with it every session and sign-in on this node: restart"
                        + " the server, or its data grid."
                : "Hazelcast has stopped inside this node, and with it every session and sign-in here. It is started"
                        + " again; look for the cause, an OutOfMemoryError for instance, above.";
    }

    /** Gives up what is left of an instance that has stopped by itself, its threads and its port. */
    void discard() {
        if (source != HazelcastSettings.Source.SERVER) {
            try {
                hazelcast.getLifecycleService().terminate();
            } catch (HazelcastException | IllegalStateException e) {
                LOG.log(Level.DEBUG, "What the stopped Hazelcast still holds could not be released.", e);
            }
        }
    }

    /** Leaves the cluster gracefully, unless the instance is the server's, which the server stops (PY-10). */
    public void close() {
        if (source != HazelcastSettings.Source.SERVER) {
            hazelcast.shutdown();
        }
    }
}
