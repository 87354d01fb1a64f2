package dev.postern.it.guest;

import dev.postern.it.Leftovers;
import dev.postern.it.Pause;
import dev.postern.it.Rig;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One node of the server under test. It is started for the first guest, and ended with the run. Guests come and go
 * while it runs; one that the server refuses leaves it running.
 *
 * <p>For one thread.
 */
public abstract class GuestServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long SECONDS_TO_STOP = 60;

    private final Path directory;
    private final Process process;

    /** Starts the server, with a fresh directory, and waits until it takes guests. */
    GuestServer(Path directory, List<String> command) {
        this.directory = directory;
        try {
            this.process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log(directory).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server of this run, which is started when it is asked for first. */
    static GuestServer of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(GuestServer.class))
                .getOrComputeIfAbsent(
                        GuestServer.class,
                        any -> Rig.onWildFly() ? WildFlyForGuests.started() : PayaraForGuests.started(),
                        GuestServer.class);
    }

    /** Where the server answers; ends with a slash. */
    abstract URI root();

    /** Deploys an archive. False when the server refuses it; its log says why. */
    abstract boolean deploy(File archive);

    /** Takes an application off that was deployed, or refused. */
    abstract void undeploy(File archive);

    /** Waits until the server is ready; ends it when it is not in time. */
    final void await(BooleanSupplier isReady) {
        if (!Pause.untilTrue(PATIENCE, () -> isReady.getAsBoolean() || !process.isAlive()) || !process.isAlive()) {
            process.destroyForcibly();
            throw new IllegalStateException("The server for guests did not start; see " + log(directory));
        }
    }

    static boolean waitFor(BooleanSupplier condition) {
        return Pause.untilTrue(PATIENCE, condition);
    }

    final Path directory() {
        return directory;
    }

    /** How long the log is now, in bytes. */
    final long logged() {
        return log(directory).toFile().length();
    }

    /** What the server has logged from that length of the log on. */
    final String logSince(long length) {
        try {
            byte[] all = Files.readAllBytes(log(directory));
            return new String(all, (int) length, all.length - (int) length, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path log(Path directory) {
        return directory.resolve("server.log");
    }

    /** The JVM of the server, for a quick start on few processors. */
    static List<String> java(Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + System.getProperty("it.guest.heap", "1g"),
                Leftovers.mark(),
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
