package dev.postern.it.cluster;

import dev.postern.it.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Browsers at work on all nodes, until they are told to stop: 200 with users, of whom each has two browsers, and 40 anonymous ones.
 * Each belongs to one of a few threads, which share the pace.
 *
 * <p>For one thread.
 */
final class Load implements AutoCloseable {

    private static final int USERS = 200;
    private static final int ANONYMOUS = 40;
    private static final int THREADS = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final History history = new History();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<?>> running = new ArrayList<>();
    private final int[] ports;
    private volatile boolean isOver;

    Load(int... ports) {
        this.ports = ports.clone();
    }

    History history() {
        return history;
    }

    /** Begins; the pace is in requests a second, of all browsers together. */
    void start(Habits habits, int pace, long seed) {
        List<Visitor> visitors = visitors();
        long apart = NANOS_PER_SECOND * THREADS / pace;
        for (int thread = 0; thread < THREADS; thread++) {
            int own = thread;
            List<Visitor> mine = IntStream.range(0, visitors.size())
                    .filter(i -> i % THREADS == own)
                    .mapToObj(visitors::get)
                    .toList();
            running.add(threads.submit(() -> work(mine, habits, new Random(seed + own), apart)));
        }
    }

    /** Whether some of the browsers have stopped before they were told to. */
    boolean isBroken() {
        return !isOver && running.stream().anyMatch(Future::isDone);
    }

    /** Lets every browser that is signed in ask every node for its session, and ends. */
    void stop() throws InterruptedException {
        isOver = true;
        for (Future<?> thread : running) {
            try {
                thread.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The load broke off.", e);
            }
        }
    }

    private void work(List<Visitor> visitors, Habits habits, Random random, long apart) {
        try (Wires wires = new Wires(ports)) {
            long next = System.nanoTime();
            while (!isOver) {
                visitors.get(random.nextInt(visitors.size())).visit(habits, random, wires);
                next = Math.max(next + apart, System.nanoTime() - NANOS_PER_SECOND);
                Pause.until(next);
            }
            visitors.forEach(
                    visitor -> IntStream.range(0, ports.length).forEach(node -> visitor.answerRollCall(node, wires)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Visitor> visitors() {
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            visitors.add(new Visitor(history, List.of("user-" + i, "user-" + (i + USERS / 2) % USERS)));
        }
        for (int i = 0; i < ANONYMOUS; i++) {
            visitors.add(new Visitor(history, List.of()));
        }
        return visitors;
    }

    @Override
    public void close() {
        isOver = true;
        threads.shutdown();
    }
}
