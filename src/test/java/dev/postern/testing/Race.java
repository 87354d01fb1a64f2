package dev.postern.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Requests that set out at the same time. */
public final class Race {

    private Race() {}

    /** The results of so many moves, each on a thread of its own, in the order of their numbers. */
    public static <T> List<T> of(int racers, IntFunction<T> move) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < racers; i++) {
                int number = i;
                Callable<T> racer = () -> {
                    start.await();
                    return move.apply(number);
                };
                running.add(threads.submit(racer));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> racer : running) {
                results.add(racer.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
