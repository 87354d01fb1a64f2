package dev.postern.it.cluster;

import dev.postern.it.Pause;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One node: a process that is started, killed, stopped and started again.
 *
 * <p>For one thread.
 */
final class Node {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long SECONDS_TO_STOP = 90;

    private final Server server;
    private final int number;
    private @Nullable Process process;

    Node(Server server, int number) {
        this.server = server;
        this.number = number;
    }

    void start() throws IOException {
        if (isServing()) {
            throw new IllegalStateException("Somebody else answers at port " + server.httpPort(number) + ".");
        }
        File log = server.log(number).toFile();
        process = new ProcessBuilder(server.command(number))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log))
                .start();
    }

    /** Waits until the application answers: Postern refuses whoever has no session. */
    void awaitServing() {
        if (!Pause.untilTrue(PATIENCE, () -> isServing() || !process().isAlive())
                || !process().isAlive()) {
            throw new IllegalStateException("Node " + number + " did not start; see " + server.log(number));
        }
    }

    private boolean isServing() {
        try (Wire wire = new Wire(server.httpPort(number))) {
            return wire.send("GET", Action.ROLL_CALL.path(), "", "").status() == 401;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the node with SIGKILL. */
    void kill() throws InterruptedException {
        process().destroyForcibly().waitFor();
    }

    /** Ends the node with SIGTERM; throws when it does not end by that. */
    void stop() throws InterruptedException {
        process().destroy();
        if (!process().waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("Node " + number + " did not end by SIGTERM.");
        }
    }

    /** Kills what runs, if anything does; for the end of the tests, whatever their outcome. */
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    long pid() {
        return process().pid();
    }

    private Process process() {
        if (process == null) {
            throw new IllegalStateException("Node " + number + " has not been started.");
        }
        return process;
    }
}
