package dev.postern.it.rig.node;

import dev.postern.it.Shell;
import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Request;
import java.util.concurrent.CompletableFuture;

/**
 * A running node, from the outside: its process, and a way to ask it.
 *
 * <p>Safe for concurrent use.
 */
public abstract class Node {

    private final String name;
    private final Process process;

    Node(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    public final String name() {
        return name;
    }

    /** The answer, when it comes; {@link Answer#NONE} when none will. The token is empty where none is presented. */
    public abstract CompletableFuture<Answer> send(Request request, String token);

    /** Whether the node serves, as one of so many members, and has merged its rows with theirs. */
    abstract boolean isAmong(int wanted);

    /** Whether a load balancer would send it requests. */
    abstract boolean isOpen();

    /** Ends by itself in good order. */
    public void stop() {
        signal("TERM");
    }

    /** Sends a signal by its name, {@code STOP} for instance. */
    public void signal(String signal) {
        Shell.run("kill", "-" + signal, Long.toString(process.pid()));
    }

    /** Ends it with SIGKILL; it is gone when the call returns. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    public final boolean isAlive() {
        return process.isAlive();
    }

    public final long pid() {
        return process.pid();
    }

    final Process process() {
        return process;
    }

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
