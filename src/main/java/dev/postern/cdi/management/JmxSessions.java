package dev.postern.cdi.management;

import dev.postern.SessionEvent;
import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.GridHealth;
import dev.postern.hazelcast.call.CallMetrics;
import dev.postern.session.event.SessionMetrics;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of this node, for JMX.
 *
 * <p>Safe for concurrent use.
 */
public final class JmxSessions implements SessionsMXBean {

    private final SessionMetrics sessions;
    private final GridHealth health;
    private final CallMetrics calls;

    public JmxSessions(SessionMetrics sessions, Grid grid) {
        this.sessions = sessions;
        this.health = grid.health();
        this.calls = grid.callMetrics();
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

    private CallMetrics.Snapshot.Latency latency() {
        return calls.snapshot().latency();
    }

    private static Map<String, Long> named(Map<? extends Enum<?>, Long> figures) {
        Map<String, Long> named = new TreeMap<>();
        figures.forEach((key, value) -> named.put(key.name(), value));
        return named;
    }
}
