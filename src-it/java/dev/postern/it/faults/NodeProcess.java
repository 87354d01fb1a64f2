package dev.postern.it.faults;

import dev.postern.it.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A running node, from the outside: its process, and the line to it. A node that is frozen takes no lines, so they wait in a queue.
 *
 * <p>Safe for concurrent use.
 */
final class NodeProcess {

    private static final String STOP = "stop";

    private final String name;
    private final Process process;
    private final Consumer<String> watcher;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Map<Long, CompletableFuture<Answer>> pending = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile int members;
    private volatile boolean isMerging;
    private volatile boolean isOpen = true;

    NodeProcess(String name, Process process, Consumer<String> watcher) {
        this.name = name;
        this.process = process;
        this.watcher = watcher;
        daemon("to " + name, this::write);
        daemon("from " + name, this::read);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    String name() {
        return name;
    }

    /** Whether the node sees so many members, and has merged its rows with theirs. */
    boolean isAmong(int wanted) {
        return members == wanted && !isMerging;
    }

    /** Whether a load balancer would send it requests. */
    boolean isOpen() {
        return isOpen && members > 0;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The answer, when it comes; {@link Answer#NONE} once the node has ended without one. */
    CompletableFuture<Answer> ask(String request) {
        long number = numbers.incrementAndGet();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        pending.put(number, answer);
        lines.add(number + " " + request);
        if (!process.isAlive()) {
            giveUp();
        }
        return answer;
    }

    /** Takes no more requests, and stops gracefully. */
    void stop() {
        isOpen = false;
        lines.add(numbers.incrementAndGet() + " " + STOP);
    }

    /** Sends a signal by its name, {@code STOP} for instance. */
    void signal(String signal) {
        if (signal.equals("TERM")) {
            isOpen = false;
        }
        Shell.run("kill", "-" + signal, Long.toString(process.pid()));
    }

    /** Ends it with SIGKILL; it is gone when the call returns. */
    void kill() {
        isOpen = false;
        process.destroyForcibly();
        process.onExit().join();
    }

    private void write() {
        try (PrintStream out = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
            while (process.isAlive()) {
                out.println(lines.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            System.getLogger(NodeProcess.class.getName())
                    .log(System.Logger.Level.INFO, "The line from {0} broke: {1}", name, e.getMessage());
        } finally {
            members = 0;
            process.onExit().join();
            giveUp();
        }
    }

    private void take(String line) {
        String[] parts = line.split(" ", 2);
        if (parts[0].equals("0")) {
            String[] seen = parts[1].split(" ", 2);
            isMerging = Boolean.parseBoolean(seen[1]);
            members = Integer.parseInt(seen[0]);
            watcher.accept(name + " sees " + members + (isMerging ? ", merging" : ""));
            return;
        }
        CompletableFuture<Answer> answer = pending.remove(Long.valueOf(parts[0]));
        if (answer != null) {
            answer.complete(Answer.parse(parts[1]));
        }
    }

    private void giveUp() {
        for (Long number : List.copyOf(pending.keySet())) {
            CompletableFuture<Answer> answer = pending.remove(number);
            if (answer != null) {
                answer.complete(Answer.NONE);
            }
        }
    }
}
