package dev.postern.it.rig.node;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Request;
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
 * A {@link BareMember} from the outside. One that is frozen takes no lines, so they wait in a queue.
 *
 * <p>Safe for concurrent use.
 */
public final class PipeNode extends Node {

    static final String STOP = "stop";

    private final Consumer<String> watcher;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Map<Long, CompletableFuture<Answer>> pending = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile int members;
    private volatile boolean isMerging;
    private volatile boolean isOpen = true;

    /** The watcher is told each time that the node sees other members. */
    public PipeNode(String name, Process process, Consumer<String> watcher) {
        super(name, process);
        this.watcher = watcher;
        daemon("to " + name, this::write);
        daemon("from " + name, this::read);
    }

    @Override
    boolean isAmong(int wanted) {
        return members == wanted && !isMerging;
    }

    @Override
    boolean isOpen() {
        return isOpen && members > 0;
    }

    @Override
    public CompletableFuture<Answer> send(Request request, String token) {
        long number = numbers.incrementAndGet();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        pending.put(number, answer);
        lines.add(number + " " + BareMember.line(request, token));
        if (!isAlive()) {
            giveUp();
        }
        return answer;
    }

    /** By a call: it takes no more requests, and its member leaves the others. */
    @Override
    public void stop() {
        isOpen = false;
        lines.add(numbers.incrementAndGet() + " " + STOP);
    }

    @Override
    public void signal(String signal) {
        isOpen &= !signal.equals("TERM");
        super.signal(signal);
    }

    @Override
    public void kill() {
        isOpen = false;
        super.kill();
    }

    private void write() {
        try (PrintStream out = new PrintStream(process().getOutputStream(), true, StandardCharsets.UTF_8)) {
            while (isAlive()) {
                out.println(lines.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process().getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            System.getLogger(PipeNode.class.getName())
                    .log(System.Logger.Level.INFO, "The line from {0} broke: {1}", name(), e.getMessage());
        } finally {
            members = 0;
            process().onExit().join();
            giveUp();
        }
    }

    private void take(String line) {
        String[] parts = line.split(" ", 2);
        if (parts[0].equals("0")) {
            String[] seen = parts[1].split(" ", 2);
            isMerging = Boolean.parseBoolean(seen[1]);
            members = Integer.parseInt(seen[0]);
            watcher.accept(name() + " sees " + members + (isMerging ? ", merging" : ""));
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
