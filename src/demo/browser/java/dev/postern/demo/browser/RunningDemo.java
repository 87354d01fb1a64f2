package dev.postern.demo.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The demo in a process of its own, started as {@code mvn -Pdemo} starts it, but on other ports. With the system
 * property {@code demo.running}, the port of a first node, it uses a demo that runs already. For one thread.
 */
final class RunningDemo implements AutoCloseable {

    private static final int PORT = 18080;
    private static final int GRID_PORT = 16900;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long SECONDS_TO_STOP = 90;

    private final Process launcher;
    private final Path log;

    private RunningDemo(Process launcher, Path log) {
        this.launcher = launcher;
        this.log = log;
    }

    /** Starts it with these options besides. */
    static RunningDemo start(String... options) {
        Path target = Path.of(System.getProperty("demo.target", "target"));
        Path directory = directory();
        Path log = directory.resolve("launcher.log");
        try {
            Files.createDirectories(directory);
            Process launcher = new ProcessBuilder(command(target, directory, options))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            RunningDemo demo = new RunningDemo(launcher, log);
            demo.awaitReady();
            return demo;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the launcher writes; what outlives a run is in {@code store}. */
    static Path directory() {
        return Path.of(System.getProperty("demo.target", "target")).resolve("demo-browser");
    }

    /** The address of the page of a node, 1 or 2. */
    static String page(int node) {
        return "http://localhost:" + (Integer.getInteger("demo.running", PORT) + node - 1) + "/";
    }

    /** Asks the launcher to stop, which stops the nodes. */
    @Override
    public void close() {
        launcher.destroy();
        try {
            if (!launcher.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
            }
        } catch (InterruptedException e) {
            launcher.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path target, Path directory, String... options) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.of(Stream.of(java), Stream.of(options), program(target, directory))
                .flatMap(words -> words)
                .toList();
    }

    private static Stream<String> program(Path target, Path directory) {
        String classes = target.resolve("demo/classes") + File.pathSeparator + System.getProperty("java.class.path");
        return Stream.of(
                "-Ddesk.port=" + PORT,
                "-Ddesk.grid-port=" + GRID_PORT,
                // a machine that is busy with other tests answers late, and 503 is not what is tested
                "-Dpostern.cache.timeout=PT10S",
                "-cp",
                classes,
                "dev.postern.demo.cluster.DemoCluster",
                System.getProperty("demo.server", "payara"),
                System.getProperty("demo.server.path", ""),
                target.resolve("demo/postern-demo.war").toString(),
                directory.resolve("run").toString(),
                Path.of("server-config").toAbsolutePath().toString());
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!Files.readString(log, StandardCharsets.UTF_8).contains("Both nodes are ready")) {
                if (launcher.waitFor(1, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The demo did not start; see " + log);
                }
                if (System.nanoTime() > end) {
                    close();
                    throw new IllegalStateException("The demo did not start in time; see " + log);
                }
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
        }
    }
}
