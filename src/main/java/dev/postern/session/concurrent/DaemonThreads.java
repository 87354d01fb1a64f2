package dev.postern.session.concurrent;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Makes daemon threads, and waits for the end of a pool. Each thread has the class loader of this library. Otherwise it
 * would keep the loader of the request that started it (HZ-34).
 *
 * <p>Safe for concurrent use.
 */
public final class DaemonThreads implements ThreadFactory {

    private static final long CLOSING_SECONDS = 5;

    private final Supplier<String> names;

    private DaemonThreads(Supplier<String> names) {
        this.names = names;
    }

    /** Threads that all have this name. */
    public DaemonThreads(String name) {
        this(() -> name);
    }

    /** Threads whose names are this prefix and a number from 1 on. */
    public static DaemonThreads numbered(String prefix) {
        AtomicInteger started = new AtomicInteger();
        return new DaemonThreads(() -> prefix + started.incrementAndGet());
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, names.get(), 0, false);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Waits until the threads of a pool that is shut down have ended, at most five seconds. */
    public static void await(ExecutorService stopped) {
        try {
            stopped.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
