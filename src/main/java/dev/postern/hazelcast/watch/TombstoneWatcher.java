package dev.postern.hazelcast.watch;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.SessionOver;
import dev.postern.hazelcast.map.MapValue;
import dev.postern.hazelcast.setup.MapConfigs;
import dev.postern.session.row.RowKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells this node which sessions are over, wherever they were ended, on one thread of its own.
 *
 * <p>It lives on the events of the map. Where those may have been missed ({@link MissedEventTracker}), it looks over all
 * rows.
 *
 * <p>Safe for concurrent use.
 */
public final class TombstoneWatcher implements AutoCloseable {

    /** How many tombstones may wait to be told of. */
    static final int WAITING = 4096;

    private static final Logger LOG = System.getLogger(TombstoneWatcher.class.getName());
    /** How long the thread waits for an event before it looks what is to be made up for. */
    static final long PAUSE_SECONDS = 5;

    private static final long CLOSING_SECONDS = 5;

    private final Supplier<HazelcastInstance> hazelcast;
    private final String mapName;
    private final TombstoneTracker tracker;
    private final Consumer<SessionOver> listener;
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(WAITING);
    private final MissedEventTracker missed;
    private volatile UUID lifecycle;
    private final Thread thread;
    private volatile @Nullable UUID registration;

    public TombstoneWatcher(
            Supplier<HazelcastInstance> hazelcast,
            MapConfigs maps,
            TombstoneTracker tracker,
            Consumer<SessionOver> listener) {
        this.hazelcast = hazelcast;
        this.mapName = maps.sessions();
        this.tracker = tracker;
        this.listener = listener;
        this.missed = new MissedEventTracker(hazelcast);
        this.lifecycle = listenToCluster();
        this.thread = thread("postern-watch-" + maps.namespace());
        attempt(this::register);
        thread.start();
    }

    /** Without a loader of its own the thread would keep that of the deployment (HZ-34). */
    private Thread thread(String name) {
        Thread made = new Thread(null, this::run, name, 0, false);
        made.setContextClassLoader(TombstoneWatcher.class.getClassLoader());
        made.setDaemon(true);
        return made;
    }

    private UUID listenToCluster() {
        return hazelcast.get().getLifecycleService().addLifecycleListener(this::clusterChanged);
    }

    /**
     * Another instance has taken the place of a stopped one: the thread registers the listener with it, and looks over
     * all rows.
     */
    public void instanceReplaced() {
        lifecycle = listenToCluster();
        registration = null;
        missed.markMissed();
    }

    private IMap<String, Object> map() {
        return hazelcast.get().getMap(mapName);
    }

    private void register() {
        registration = map().addEntryListener(new TombstoneListener(tracker, this::ended), true);
    }

    private void ended(RowKey key, byte[] row) {
        if (!waiting.offer(() -> tracker.reportOnce(key, row).ifPresent(this::tell))) {
            missed.markMissed();
        }
    }

    private void clusterChanged(LifecycleEvent event) {
        LifecycleState state = event.getState();
        if (missed.onLifecycle(state)) { // the thread need not wait for the next event
            waiting.offer(() -> LOG.log(Level.DEBUG, "Events may have been missed: {0}", state));
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Runnable next = waiting.poll(PAUSE_SECONDS, TimeUnit.SECONDS);
                if (next != null) {
                    attempt(next);
                }
                if (waiting.isEmpty()) {
                    attempt(this::catchUp);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void catchUp() {
        if (registration == null) {
            missed.markMissed();
            attempt(this::register);
        }
        if (registration != null && missed.isRescanDue()) {
            missed.rescan(() -> attempt(this::lookOver));
        }
    }

    private void lookOver() {
        tracker.beginLook();
        for (Map.Entry<String, Object> entry : map()) {
            MapValue.of(entry::getValue)
                    .flatMap(row -> tracker.found(new RowKey(entry.getKey()), row))
                    .ifPresent(this::tell);
        }
    }

    /**
     * What the grid refuses now is tried again after the next pause. A member may report any error of its own (G11).
     */
    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (PosternException | HazelcastException | IllegalStateException e) {
            missed.markMissed();
            LOG.log(Level.DEBUG, "The grid did not answer which sessions have ended. Postern asks again.", e);
        } catch (RuntimeException | Error e) {
            missed.markMissed();
            LOG.log(
                    Level.WARNING,
                    "The search for ended sessions failed, so sockets and observers hear of them"
                            + " later. Postern tries again.",
                    e);
        }
    }

    private void tell(SessionOver over) {
        try {
            listener.accept(over);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "What was to follow the end of the session " + over.handle() + " failed.", e);
        }
    }

    /** Ends the thread, which registers the listener, and takes the listeners off. A second call changes nothing. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            TimeUnit.SECONDS.timedJoin(thread, CLOSING_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (hazelcast.get().getLifecycleService().isRunning()) {
            hazelcast.get().getLifecycleService().removeLifecycleListener(lifecycle);
            UUID registered = registration;
            if (registered != null) {
                map().removeEntryListener(registered);
            }
        }
    }
}
