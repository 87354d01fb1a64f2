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
 * A Hazelcast instance, and what follows from where it comes from. A member or a client of ours is stopped with the
 * application. Payara: the server's own instance is never stopped here (PY-10).
 *
 * <p>Immutable.
 *
 * @param source where it comes from, never {@link HazelcastSettings.Source#AUTO}
 * @param label its name in the log
 */
public record ManagedInstance(HazelcastInstance hazelcast, HazelcastSettings.Source source, String label) {

    private static final Logger LOG = System.getLogger(ManagedInstance.class.getName());
    private static final Set<String> DEFAULT_NAMES = Set.of("dev", "development", "payara");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String ONE_MEMBER =
            ". It has one member: no other node knows them, and without a database they"
                    + " are lost when it stops. For a cluster see postern.cache.members and postern.cache.config.";

    /** A line for the log: where sessions live, and what is lost if that is one member only. */
    public String description() {
        int members = hazelcast.getCluster().getMembers().size();
        return "Sessions live in " + label + (members == 1 ? ONE_MEMBER : ". It has " + members + " members.");
    }

    /** The name of the server's cluster if it is a default; empty otherwise, and for a member or client of ours. */
    public Optional<String> unchosenName() {
        return source == HazelcastSettings.Source.SERVER
                ? Optional.of(hazelcast.getConfig().getClusterName()).filter(DEFAULT_NAMES::contains)
                : Optional.empty();
    }

    public boolean isClient() {
        return source == HazelcastSettings.Source.CLIENT;
    }

    /**
     * Waits until the rows have moved to this new member, so that a rolling restart loses none (D10). A write on a row
     * that is moving can miss its backup and fail (D6). After 15 seconds the application starts nevertheless. A client
     * does not wait.
     */
    public void awaitMigrations() {
        Deadline deadline = Deadline.in(PATIENCE);
        while (!isClient()
                && !hazelcast.getPartitionService().isClusterSafe()
                && deadline.nanosLeft() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * A warning if the instance is the server's and has known flaws. Empty for a member or client of ours: with known
     * flaws they are not started.
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
                        + " every host that reaches its port can read the member's memory, keys included"
                        + " (CVE-2026-107726, CVE-2026-107725). Let only members through to the port, and move"
                        + " to a server with a newer one.");
    }

    public boolean isRunning() {
        return hazelcast.getLifecycleService().isRunning();
    }

    /** A line for the log when the instance has stopped by itself: what that means, and what to do. */
    String stoppedMessage() {
        return source == HazelcastSettings.Source.SERVER
                ? "The server's own Hazelcast has stopped, and with it every session and sign-in on this node: restart"
                        + " the server, or its data grid."
                : "Hazelcast has stopped inside this node, and with it every session and sign-in here. It is started"
                        + " again; look for the cause, an OutOfMemoryError for instance, above.";
    }

    /** Frees the threads and the port of an instance that has stopped by itself. */
    void discard() {
        if (source != HazelcastSettings.Source.SERVER) {
            try {
                hazelcast.getLifecycleService().terminate();
            } catch (HazelcastException | IllegalStateException e) {
                LOG.log(Level.DEBUG, "The stopped Hazelcast could not be cleaned up.", e);
            }
        }
    }

    /** Leaves the cluster gracefully. Payara: does nothing, because the server stops its own instance (PY-10). */
    public void close() {
        if (source != HazelcastSettings.Source.SERVER) {
            hazelcast.shutdown();
        }
    }
}
