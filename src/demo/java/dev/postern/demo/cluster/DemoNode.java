package dev.postern.demo.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node of the demo: a process that can be started, frozen, thawed and killed. Safe for concurrent use. */
final class DemoNode {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final long MILLIS_BETWEEN_TRIES = 500;
    private static final long SECONDS_TO_STOP = 30;

    /** What the node is doing. */
    enum State {
        STOPPED,
        STARTING,
        RUNNING,
        FROZEN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a node is started. Immutable. */
    record Launch(List<String> command, Map<String, String> environment, Path log, String startedMarker) {}

    private final int number;
    private final int port;
    private final Launch launch;
    private @Nullable Process process;
    private State state = State.STOPPED;

    DemoNode(int number, int port, Launch launch) {
        this.number = number;
        this.port = port;
        this.launch = launch;
    }

    /** The program that runs this one. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    int number() {
        return number;
    }

    int port() {
        return port;
    }

    Path log() {
        return launch.log();
    }

    /** What the node is doing now; a process that has ended by itself is stopped. */
    synchronized State state() {
        if (process != null && !process.isAlive()) {
            process = null;
            state = State.STOPPED;
        }
        return state;
    }

    /** The id of the process; 0 without one. */
    synchronized long pid() {
        return process == null ? 0 : process.pid();
    }

    /** Starts the process; {@link #awaitReady} has to follow. */
    synchronized void start() throws IOException {
        expect(State.STOPPED);
        ProcessBuilder builder = new ProcessBuilder(launch.command())
                .redirectErrorStream(true)
                .redirectOutput(launch.log().toFile());
        builder.environment().putAll(launch.environment());
        process = builder.start();
        state = State.STARTING;
    }

    /** Waits until the application answers. Throws if the process ends, or if it takes too long. */
    void awaitReady(Duration patience) throws InterruptedException, IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!Files.readString(log(), StandardCharsets.ISO_8859_1).contains(launch.startedMarker())) {
            if (state() == State.STOPPED) {
                throw failure("ended while it started");
            }
            if (System.nanoTime() > end) {
                throw failure("did not start within " + patience.toMinutes() + " minutes");
            }
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_TRIES);
        }
        if (!answers()) {
            throw failure("did not take the application");
        }
        synchronized (this) {
            if (state == State.STARTING) {
                state = State.RUNNING;
            }
        }
    }

    /** Ends the process at once, as a crash would. */
    void kill() throws InterruptedException {
        Process killed;
        synchronized (this) {
            if (process == null || state() == State.STOPPED) {
                throw new DemoException("node " + number + " is stopped already");
            }
            killed = process;
        }
        killed.destroyForcibly().waitFor();
        state();
    }

    /** Stops the clock of the process: it keeps its connections and answers nothing. */
    synchronized void freeze() throws IOException, InterruptedException {
        expect(State.RUNNING);
        signal("STOP");
        state = State.FROZEN;
    }

    /** Lets a frozen process go on. */
    synchronized void thaw() throws IOException, InterruptedException {
        expect(State.FROZEN);
        signal("CONT");
        state = State.RUNNING;
    }

    /** Asks the process to end. A frozen one is killed, because it hears nothing. */
    synchronized void askToStop() {
        if (process != null) {
            if (state == State.FROZEN) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        }
    }

    /** Waits for the process to end, and kills it when it takes too long. */
    void awaitStop() {
        Process stopped;
        synchronized (this) {
            stopped = process;
        }
        if (stopped == null) {
            return;
        }
        try {
            if (!stopped.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                stopped.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            stopped.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void expect(State expected) {
        if (state() != expected) {
            throw new DemoException("node " + number + " is " + state.word() + ", not " + expected.word());
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
        if (kill.waitFor() != 0) {
            throw new DemoException("the operating system did not take the signal " + name);
        }
    }

    private DemoException failure(String what) {
        return new DemoException("the node on port " + port + " " + what + "; its log is " + log());
    }

    private boolean answers() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/nodes"))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
