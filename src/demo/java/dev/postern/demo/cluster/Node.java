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
import java.util.concurrent.TimeUnit;

/**
 * One running Payara Micro process.
 *
 * <p>Safe for concurrent use.
 */
record Node(int port, Process process, Path log) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** What Payara Micro writes last, also when the application was refused. */
    private static final String SERVER_STARTED = ") ready in ";

    private static final long MILLIS_BETWEEN_TRIES = 500;
    private static final long SECONDS_TO_STOP = 30;

    static Node start(NodeCommand command) throws IOException {
        Process process = new ProcessBuilder(command.words())
                .redirectErrorStream(true)
                .redirectOutput(command.log().toFile())
                .start();
        return new Node(command.port(), process, command.log());
    }

    /** Waits until the application answers. Throws when it cannot come any more, or when it takes too long. */
    void awaitReady(Duration patience) throws InterruptedException, IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!Files.readString(log, StandardCharsets.ISO_8859_1).contains(SERVER_STARTED)) {
            if (process.waitFor(MILLIS_BETWEEN_TRIES, TimeUnit.MILLISECONDS)) {
                throw failure("ended while it started");
            }
            if (System.nanoTime() > end) {
                throw failure("did not start within " + patience.toMinutes() + " minutes");
            }
        }
        if (!answers()) {
            throw failure("did not take the application");
        }
    }

    private DemoException failure(String what) {
        return new DemoException("the node on port " + port + " " + what + "; its log is " + log);
    }

    void askToStop() {
        process.destroy();
    }

    /** Waits for the process to end, and kills it when it takes too long. */
    void awaitStop() {
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
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
