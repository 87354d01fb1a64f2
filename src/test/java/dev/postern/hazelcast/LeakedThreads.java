package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds threads that should be gone. */
public final class LeakedThreads {

    private LeakedThreads() {}

    /** The live threads with this in their name. */
    public static List<Thread> threads(String part) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(part))
                .toList();
    }

    /** A thread that has been told to end may take a moment. */
    public static void awaitNoThread(String part, Duration patience) throws InterruptedException {
        for (Thread thread : threads(part)) {
            TimeUnit.MILLISECONDS.timedJoin(thread, patience.toMillis());
        }
        assertThat(threads(part)).isEmpty();
    }
}
