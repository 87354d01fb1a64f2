package dev.postern.it.rig.node;

import dev.postern.it.Leftovers;
import dev.postern.it.Poll;
import dev.postern.it.Rig;
import dev.postern.it.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jboss.shrinkwrap.api.Archive;

/**
 * A node of the server under test that runs while applications come and go. One that it refuses leaves it running.
 *
 * <p>For one thread.
 */
public abstract class AppServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long SECONDS_TO_STOP = 60;

    private final AppServerSetUp setUp;
    private final ProcessHandle process;
    private final long began;

    /** The server that an earlier run has kept, or a new process of it; its directory is laid out. */
    AppServer(AppServerSetUp setUp, List<String> command) {
        this.setUp = setUp;
        Optional<ProcessHandle> kept = KeptServer.find(setUp);
        this.began = kept.isPresent() ? 0 : logged();
        this.process = kept.orElseGet(() -> start(command));
    }

    private ProcessHandle start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .directory(setUp.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log().toFile()))
                    .start()
                    .toHandle();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays out the directory of a node, whatever another run has left there, unless that run has kept the node. */
    public static void prepare(AppServerSetUp setUp) {
        if (KeptServer.find(setUp).isPresent()) {
            return;
        }
        try {
            if (Rig.onWildFly()) {
                WildFlyAppServer.layOut(setUp);
            } else if (Rig.onGlassFish()) {
                GlassFishAppServer.layOut(setUp);
            } else if (Rig.onOpenLiberty()) {
                LibertyAppServer.layOut(setUp);
            } else {
                PayaraAppServer.layOut(setUp);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node, whose directory is {@linkplain #prepare laid out}, that takes applications when the call returns. */
    public static AppServer started(AppServerSetUp setUp) {
        AppServer server = launched(setUp);
        if (KeptServer.isWanted()) {
            KeptServer.note(setUp, server.process);
        }
        return server;
    }

    private static AppServer launched(AppServerSetUp setUp) {
        if (Rig.onWildFly()) {
            return WildFlyAppServer.launched(setUp);
        }
        if (Rig.onGlassFish()) {
            return GlassFishAppServer.launched(setUp);
        }
        return Rig.onOpenLiberty() ? LibertyAppServer.launched(setUp) : PayaraAppServer.launched(setUp);
    }

    /** Where the server answers; ends with a slash. */
    public final URI root() {
        return URI.create("http://127.0.0.1:" + setUp.port() + "/");
    }

    /** Deploys an archive at the path that its name gives. False when the server refuses it; its log says why. */
    public abstract boolean deploy(Archive<?> archive);

    /** Deploys an archive at the root of the server. */
    public abstract boolean deployAtRoot(Archive<?> archive);

    /** Takes an application off that was deployed, or refused; the archive counts by its name. */
    public abstract void undeploy(Archive<?> archive);

    /** Ends the process with SIGKILL; it is gone when the call returns. */
    public final void kill() {
        boolean unused = process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops the process where it stands, with SIGSTOP: it answers nobody, and its connections stay open. */
    public final void freeze() {
        Shell.run("kill", "-STOP", Long.toString(process.pid()));
    }

    /** Lets a frozen process go on. */
    public final void thaw() {
        Shell.run("kill", "-CONT", Long.toString(process.pid()));
    }

    public final boolean isAlive() {
        return process.isAlive();
    }

    public final long pid() {
        return process.pid();
    }

    /** Waits until the server is ready; ends it when it is not in time. */
    final void await(BooleanSupplier isReady) {
        if (!Poll.untilTrue(PATIENCE, () -> isReady.getAsBoolean() || !process.isAlive()) || !process.isAlive()) {
            process.destroyForcibly();
            throw new IllegalStateException("The server " + setUp.name() + " did not start; see " + log());
        }
    }

    static boolean waitFor(BooleanSupplier condition) {
        return Poll.untilTrue(PATIENCE, condition);
    }

    public final Path directory() {
        return setUp.directory();
    }

    /** How long the log is now, in bytes. */
    public final long logged() {
        return log().toFile().length();
    }

    /** What the server has logged from that length of the log on. */
    public final String logSince(long length) {
        try {
            byte[] all = Files.readAllBytes(log());
            return new String(all, (int) length, all.length - (int) length, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long the log was when this process began. */
    final long began() {
        return began;
    }

    final Path log() {
        return setUp.directory().resolve("server.log");
    }

    /** The JVM of the server, for a quick start on few processors. */
    static List<String> java(AppServerSetUp setUp) {
        List<String> words = new ArrayList<>(List.of(
                ServerJdk.java(),
                "-XX:MetaspaceSize=192m", // else a server collects four times while it starts
                "-XX:+DisableExplicitGC", // and Payara each time that it takes an application off
                KeptServer.isWanted() ? "-Dit.kept" : Leftovers.mark(),
                "-Djava.net.preferIPv4Stack=true",
                "-Dhazelcast.partition.count=" + Rig.value("it.partitions"),
                "-Djava.io.tmpdir=" + setUp.directory().resolve("tmp")));
        words.addAll(QuickJvm.OPTIONS);
        words.addAll(setUp.jvm());
        return words;
    }

    /** Ends the server. */
    public final void stop() {
        boolean unused = process.destroy();
        try {
            process.onExit().get(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            unused = process.destroyForcibly();
        } catch (InterruptedException e) {
            unused = process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the server at the end of the run, unless it is to be kept. */
    @Override
    public void close() {
        if (!KeptServer.isWanted()) {
            stop();
        }
    }
}
