package dev.postern.bench.http;

import dev.postern.it.Directories;
import dev.postern.it.Leftovers;
import dev.postern.it.Rig;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process of one node.
 *
 * <p>For one thread.
 */
final class BenchNode {

    private static final long SECONDS_TO_STOP = 30;

    private final Process process;
    private final Path log;

    private BenchNode(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Lays the node out anew, and starts it. */
    static BenchNode start(BenchServer server, int node, Keys keys) throws IOException {
        Path directory = Directories.empty(server.directory(node));
        server.prepare(node, keys);
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Leftovers.mark(),
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Dhazelcast.socket.bind.any=false",
                "-Dhazelcast.phone.home.enabled=false"));
        Stream.of(Rig.value("bench.http.jvm").strip().split(" +", -1)).forEach(words::add);
        words.addAll(server.command(node));
        Path log = directory.resolve("server.log");
        return new BenchNode(
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(log.toFile()))
                        .start(),
                log);
    }

    void checkAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("A node has ended; see " + log);
        }
    }

    /** Microseconds of processor time so far. */
    double cpu() {
        return Load.micros(process.toHandle());
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    void kill() {
        process.destroyForcibly();
    }
}
