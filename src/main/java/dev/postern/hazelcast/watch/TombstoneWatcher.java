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
import dev.postern.session.concurrent.DaemonThreads;
import dev.postern.session.row.RowKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports to this node which sessions have ended on any node. It uses the events of the map. When some may have been
 * missed ({@link MissedEventTracker}), it scans all rows. It reports on one thread of its own.
 *
 * <p>Safe for concurrent use.
 */
public final class TombstoneWatcher implements AutoCloseable {

    /** How many tombstones may wait to be reported. */
    static final int WAITING = 4096;

    /** How long the thread waits for an event before it looks whether a scan is due. */
    static final long PAUSE_SECONDS = 5;

    private static final Logger LOG = System.getLogger(TombstoneWatcher.class.getName());
    private static final long CLOSING_SECONDS = 5;

    private final Supplier<HazelcastInstance> hazelcast;
    private final String mapName;
    private final TombstoneTracker tracker;
    private final Consumer<RowKey> first;
    private final BiConsumer<RowKey, byte[]> ended;
    private final Consumer<SessionOver> listener;
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(WAITING);
    private final MissedEventTracker missed;
    private final Thread thread;
    private volatile UUID lifecycle;
    private volatile @Nullable UUID registration;

    /**
     * Begins to watch. The tracker is for this watcher alone.
     *
     * @param first is called at once with the key of each session of whose end an event tells; it must not take long
     * @param ended is called like that with key and tombstone, if the session has ended since this node started; also
     *     if only a scan finds that
     * @param listener is called on the watcher's thread
     */
    public TombstoneWatcher(
            Supplier<HazelcastInstance> hazelcast,
            MapConfigs maps,
            TombstoneTracker tracker,
            Consumer<RowKey> first,
            BiConsumer<RowKey, byte[]> ended,
            Consumer<SessionOver> listener) {
        this.hazelcast = hazelcast;
        this.mapName = maps.sessions();
        this.tracker = tracker;
        this.first = first;
        this.ended = ended;
        this.listener = listener;
        this.missed = new MissedEventTracker(hazelcast);
        this.lifecycle = listenToCluster();
        this.thread = new DaemonThreads("postern-watch-" + maps.namespace()).newThread(this::run);
        attempt(this::register);
        thread.start();
    }

    private UUID listenToCluster() {
        return hazelcast.get().getLifecycleService().addLifecycleListener(this::clusterChanged);
    }

    /** Another instance has replaced one that stopped: the thread registers with it, and scans all rows. */
    public void instanceReplaced() {
        lifecycle = listenToCluster();
        registration = null;
        missed.markMissed();
    }

    private IMap<String, Object> map() {
        return hazelcast.get().getMap(mapName);
    }

    private void register() {
        registration = map().addEntryListener(new TombstoneListener(tracker, this::enqueue), true);
    }

    private void enqueue(RowKey key, byte[] row) {
        first.accept(key);
        if (tracker.isFromBeforeTheStart(key, row)) {
            return;
        }
        ended.accept(key, row);
        if (!waiting.offer(() -> tracker.reportOnce(key, row).ifPresent(this::report))) {
            missed.markMissed();
        }
    }

    private void clusterChanged(LifecycleEvent event) {
        LifecycleState state = event.getState();
        if (missed.onLifecycle(state)) { // wakes the thread
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
            missed.rescan(() -> attempt(this::scan));
        }
    }

    private void scan() {
        tracker.beginScan();
        for (Map.Entry<String, Object> entry : map()) {
            RowKey key = new RowKey(entry.getKey());
            MapValue.of(entry::getValue)
                    .ifPresent(row -> tracker.reportIfRecent(key, row).ifPresent(over -> {
                        ended.accept(key, row);
                        report(over);
                    }));
        }
    }

    /** Work that fails is repeated after the next pause, with a scan. A member may report any error (G11). */
    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (PosternException | HazelcastException | IllegalStateException e) {
            missed.markMissed();
            LOG.log(Level.DEBUG, "The grid is not ready to report which sessions have ended.", e);
        } catch (RuntimeException | Error e) {
            missed.markMissed();
            LOG.log(Level.WARNING, "The sessions that have ended cannot be reported for now.", e);
        }
    }

    private void report(SessionOver over) {
        try {
            listener.accept(over);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "A listener to the end of the session " + over.handle() + " failed.", e);
        }
    }

    /** Ends the thread before it removes the listeners, because the thread registers them. Idempotent. */
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
