package dev.postern.hazelcast;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes numbered daemon threads that hold no request's class loader: without a loader of its own a thread would keep
 * that of the first request (HZ-34).
 *
 * <p>Safe for concurrent use.
 */
final class GridThread implements ThreadFactory {

    private final String name;
    private final AtomicInteger started = new AtomicInteger();

    GridThread(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, name + started.incrementAndGet(), 0, false);
        thread.setContextClassLoader(GridThread.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}
