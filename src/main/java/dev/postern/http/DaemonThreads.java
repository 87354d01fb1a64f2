package dev.postern.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes the daemon threads of a pool of this package, and waits for their end. Without a class loader of its own a
 * thread would keep that of the request that came first (HZ-34).
 *
 * <p>Safe for concurrent use.
 */
final class DaemonThreads implements ThreadFactory {

    private static final long CLOSING_SECONDS = 5;

    private final String name;

    DaemonThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Waits until the threads of the pool, which was told to stop, have ended, for five seconds at most. */
    static void await(ExecutorService stopped) {
        try {
            stopped.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
