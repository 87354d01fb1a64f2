package dev.postern.it.guest;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Clients that ask an application all the time, each at its own address, until this is closed.
 *
 * <p>For one thread.
 */
final class ConcurrentClients implements AutoCloseable {

    private static final long SECONDS_TO_END = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    /** What a client does over and over. */
    interface Deed {

        LocalClient.Answer ask(LocalClient client, int number, int time) throws IOException;
    }

    /** Lets so many clients do it, and counts the answers under this word. */
    ConcurrentClients with(URI root, int first, int clients, String word, Deed deed) {
        for (int number = first; number < first + clients; number++) {
            int client = number;
            threads.execute(() -> go(root, client, word, deed));
        }
        return this;
    }

    private void go(URI root, int number, String word, Deed deed) {
        try (LocalClient client = new LocalClient(root, number)) {
            for (int time = 0; !isOver.get(); time++) {
                count(word + " " + deed.ask(client, number, time).status());
            }
        } catch (IOException e) {
            count(word + " " + e);
            if (!isOver.get()) {
                go(root, number, word, deed);
            }
        }
    }

    private void count(String what) {
        answers.merge(what, 1, Integer::sum);
    }

    /** How often each answer came, by word and status. */
    Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /**
     * Does something in all threads at the same moment, and answers the statuses that came of it, and how often each.
     */
    static Map<Integer, Long> atOnce(URI root, int clients, Deed deed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int number = 0; number < clients; number++) {
                int client = number;
                statuses.add(threads.submit(() -> {
                    try (LocalClient asking = new LocalClient(root, 0)) {
                        return deed.ask(asking, client, 0).status();
                    }
                }));
            }
            List<Integer> all = new ArrayList<>();
            for (Future<Integer> status : statuses) {
                all.add(status.get());
            }
            return all.stream().collect(Collectors.groupingBy(one -> one, TreeMap::new, Collectors.counting()));
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() {
        isOver.set(true);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
