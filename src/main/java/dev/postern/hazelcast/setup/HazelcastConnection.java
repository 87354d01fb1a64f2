package dev.postern.hazelcast.setup;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import dev.postern.PosternException;
import dev.postern.session.concurrent.DaemonThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Hazelcast instance of one application. An instance that stops by itself, for example after an {@code
 * OutOfMemoryError}, is replaced in the background: a member or a client of ours is started again, and a server's
 * instance is looked up again. The pauses between attempts double, up to a minute. Until then every call fails.
 *
 * <p>Safe for concurrent use.
 */
public final class HazelcastConnection implements Supplier<HazelcastInstance>, AutoCloseable {

    private static final Logger LOG = System.getLogger(HazelcastConnection.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final long CLOSING_SECONDS = 5;

    private final String namespace;
    private final Supplier<ManagedInstance> finder;
    private final Duration firstPause;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile ManagedInstance present;
    private volatile boolean isClosing;
    private @Nullable Thread replacing;

    /**
     * A connection that begins with this instance.
     *
     * @param finder returns another running instance, or throws {@link PosternException}
     */
    public HazelcastConnection(
            String namespace, ManagedInstance first, Supplier<ManagedInstance> finder, Duration firstPause) {
        this.namespace = namespace;
        this.present = first;
        this.finder = finder;
        this.firstPause = firstPause;
    }

    /** The running instance. Throws {@link PosternException} if it has stopped, and then begins to replace it. */
    @Override
    public HazelcastInstance get() {
        ManagedInstance known = present;
        if (!known.isRunning()) {
            replace(known);
            throw new PosternException("The Hazelcast instance of this node has stopped.");
        }
        return known.hazelcast();
    }

    /** The instance, whether or not it runs. */
    public ManagedInstance instance() {
        return present;
    }

    /** Calls the listener each time that another instance has replaced one that stopped. */
    public void whenReplaced(Runnable listener) {
        listeners.add(listener);
    }

    private synchronized void replace(ManagedInstance stopped) {
        if (isClosing || replacing != null || !stopped.equals(present) || isVirtualMachineStopping()) {
            return;
        }
        LOG.log(Level.ERROR, stopped.stoppedMessage());
        Thread thread = new DaemonThreads("postern-restart-" + namespace).newThread(() -> run(stopped));
        replacing = thread;
        thread.start();
    }

    /** Hazelcast stops with the virtual machine, perhaps before the application. It is not started again then. */
    private static boolean isVirtualMachineStopping() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private void run(ManagedInstance stopped) {
        stopped.discard();
        Duration pause = firstPause;
        while (!isClosing) {
            LockSupport.parkNanos(pause.toNanos());
            if (!isClosing && isReplaced()) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private boolean isReplaced() {
        try {
            install(finder.get());
            return true;
        } catch (PosternException | HazelcastException | IllegalStateException e) {
            LOG.log(
                    Level.WARNING,
                    "Hazelcast has stopped and could not be replaced yet. Postern tries again: {0}",
                    e.getMessage());
        } catch (OutOfMemoryError e) {
            LOG.log(
                    Level.WARNING,
                    "Hazelcast could not be started again, because there is not enough memory. Postern tries again.",
                    e);
        }
        return false;
    }

    private synchronized void install(ManagedInstance found) {
        if (isClosing) {
            found.close();
            return;
        }
        present = found;
        replacing = null;
        listeners.forEach(HazelcastConnection::run);
        LOG.log(Level.WARNING, "Hazelcast is back. {0}", found.description());
    }

    /** A failure here is logged only: the new instance may have stopped as well, and is then replaced in turn. */
    private static void run(Runnable listener) {
        try {
            listener.run();
        } catch (PosternException | HazelcastException | IllegalStateException e) {
            LOG.log(Level.WARNING, "Hazelcast is back, but a listener could not be registered with it.", e);
        }
    }

    /** From now on an instance that stops is not replaced. */
    public synchronized void beginClosing() {
        isClosing = true;
        if (replacing != null) {
            replacing.interrupt();
        }
    }

    /** Leaves the cluster. Idempotent. */
    @Override
    public void close() {
        beginClosing();
        Thread thread = thread();
        if (thread != null) {
            try {
                TimeUnit.SECONDS.timedJoin(thread, CLOSING_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        present.close();
    }

    private synchronized @Nullable Thread thread() {
        return replacing;
    }
}
