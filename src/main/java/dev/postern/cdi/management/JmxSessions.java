package dev.postern.cdi.management;

import dev.postern.SessionEvent;
import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.GridHealth;
import dev.postern.hazelcast.call.CallMetrics;
import dev.postern.session.durable.DurableStore;
import dev.postern.session.durable.StoreMetrics;
import dev.postern.session.event.SessionMetrics;
import dev.postern.session.lease.SessionCopies;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The figures of this node, shown in JMX from the start of the application to its end. An application whose figures
 * cannot be shown runs without them.
 *
 * <p>Safe for concurrent use.
 */
public final class JmxSessions implements SessionsMXBean, AutoCloseable {

    private static final Logger LOG = System.getLogger(JmxSessions.class.getName());

    private final SessionMetrics sessions;
    private final GridHealth health;
    private final CallMetrics calls;
    private final SessionCopies copies;
    private final Optional<DurableStore> store;
    private final Optional<ObjectName> name;

    private JmxSessions(
            SessionMetrics sessions,
            SessionCopies copies,
            Grid grid,
            Optional<DurableStore> store,
            Optional<ObjectName> name) {
        this.sessions = sessions;
        this.health = grid.health();
        this.calls = grid.callMetrics();
        this.copies = copies;
        this.store = store;
        this.name = name;
    }

    /**
     * Shows the figures. Of two applications with one namespace in one server the first is shown.
     *
     * @param store the database beside the grid; empty if there is none
     */
    public static JmxSessions show(
            SessionMetrics sessions, SessionCopies copies, Grid grid, Optional<DurableStore> store, String namespace) {
        try {
            ObjectName name = new ObjectName("dev.postern:type=Sessions,namespace=" + namespace);
            JmxSessions shown = new JmxSessions(sessions, copies, grid, store, Optional.of(name));
            server().registerMBean(shown, name);
            return shown;
        } catch (InstanceAlreadyExistsException e) {
            LOG.log(
                    Level.WARNING,
                    "JMX shows no figures of this application, because another one has taken the name already: {0}",
                    e.getMessage());
        } catch (JMException e) {
            LOG.log(
                    Level.WARNING,
                    "JMX shows no figures of this application, because their bean could not be registered.",
                    e);
        }
        return new JmxSessions(sessions, copies, grid, store, Optional.empty());
    }

    /** The name under which the figures are shown; empty if they are not. */
    Optional<ObjectName> name() {
        return name;
    }

    /** Takes the figures out of JMX. Idempotent. */
    @Override
    public void close() {
        name.ifPresent(JmxSessions::unregister);
    }

    private static void unregister(ObjectName name) {
        try {
            server().unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            LOG.log(Level.DEBUG, "{0} is not registered any more.", name);
        } catch (JMException e) {
            LOG.log(
                    Level.WARNING,
                    "The bean with the figures of this application stays in JMX, because it could not be unregistered.",
                    e);
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    @Override
    public long getOwnedRows() {
        return health.ownedRows().orElse(-1);
    }

    @Override
    public long getSignIns() {
        return sessions.of(SessionEvent.Created.class);
    }

    @Override
    public long getFailedSignIns() {
        return sessions.of(SessionEvent.SignInFailed.class);
    }

    @Override
    public long getThrottledSignIns() {
        return sessions.of(SessionEvent.SignInThrottled.class);
    }

    @Override
    public long getReauthentications() {
        return sessions.of(SessionEvent.Reauthenticated.class);
    }

    @Override
    public long getRenewals() {
        return sessions.of(SessionEvent.Renewed.class);
    }

    @Override
    public Map<String, Long> getEndings() {
        return named(sessions.endings());
    }

    @Override
    public Map<String, Long> getRejections() {
        return named(sessions.rejections());
    }

    @Override
    public long getRefusedLogoutTokens() {
        return sessions.of(SessionEvent.LogoutRefused.class);
    }

    @Override
    public long getExpiredTokens() {
        return sessions.of(SessionEvent.Expired.class);
    }

    @Override
    public long getUnansweredRenewals() {
        return sessions.of(SessionEvent.RenewalUnanswered.class);
    }

    @Override
    public long getCopiedTokens() {
        return sessions.of(SessionEvent.ReuseDetected.class);
    }

    @Override
    public long getGridTimeouts() {
        return calls.snapshot().timeouts();
    }

    @Override
    public long getGridFailures() {
        return calls.snapshot().failures();
    }

    @Override
    public long getLostSwaps() {
        return calls.snapshot().lostSwaps();
    }

    @Override
    public long getGridCalls() {
        return latency().calls();
    }

    @Override
    public long getGridMeanMicros() {
        return latency().mean();
    }

    @Override
    public long getGridMedianMicros() {
        return latency().median();
    }

    @Override
    public long getGridPercentile99Micros() {
        return latency().percentile99();
    }

    @Override
    public long getGridMaxMicros() {
        return latency().max();
    }

    @Override
    public int getCopies() {
        return copies.size();
    }

    @Override
    public long getLeaseRenewals() {
        return copies.metrics().renewals();
    }

    @Override
    public long getLeaseLapses() {
        return copies.metrics().lapses();
    }

    @Override
    public long getFencedNodes() {
        return copies.metrics().fences();
    }

    @Override
    public long getLongestEndingWaitMicros() {
        return copies.metrics().longestWait() / 1_000;
    }

    @Override
    public String getStoreState() {
        return store.map(open -> open.isAnswering() ? "up" : "down").orElse("off");
    }

    @Override
    public long getStoreRowsWaiting() {
        return ofStore(StoreMetrics::waiting);
    }

    @Override
    public long getStoreOldestWaitingMillis() {
        return ofStore(StoreMetrics::oldestMillis);
    }

    @Override
    public long getStoreRowsWritten() {
        return ofStore(StoreMetrics::written);
    }

    @Override
    public long getStoreRowsDropped() {
        return ofStore(StoreMetrics::dropped);
    }

    @Override
    public long getStoreLookUps() {
        return ofStore(StoreMetrics::lookups);
    }

    @Override
    public long getStoreRowsRestored() {
        return ofStore(StoreMetrics::restored);
    }

    @Override
    public long getStoreFailures() {
        return ofStore(StoreMetrics::failures);
    }

    @Override
    public long getStoreMaxMillis() {
        return ofStore(StoreMetrics::slowestMillis);
    }

    private long ofStore(ToLongFunction<StoreMetrics> figure) {
        return store.map(DurableStore::metrics).stream().mapToLong(figure).sum();
    }

    private CallMetrics.Snapshot.Latency latency() {
        return calls.snapshot().latency();
    }

    private static Map<String, Long> named(Map<? extends Enum<?>, Long> figures) {
        Map<String, Long> named = new TreeMap<>();
        figures.forEach((key, value) -> named.put(key.name(), value));
        return named;
    }
}
