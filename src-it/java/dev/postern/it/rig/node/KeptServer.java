package dev.postern.it.rig.node;

import dev.postern.it.Rig;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * A server that {@code -Dit.keep} has left running for the next run, on the same ports. A run without the property ends it.
 *
 * <p>For one thread.
 */
public final class KeptServer {

    private static final String KEEP = "it.keep";

    private KeptServer() {}

    /** Whether servers stay when the run is over. */
    static boolean isWanted() {
        return System.getProperty(KEEP) != null;
    }

    /** The ports of the server of that name, if it runs, as {@link Rig} looks for them. */
    public static void adopt(String name) {
        Path file = file(name);
        if (!Files.exists(file)) {
            return;
        }
        Properties kept = read(file);
        Optional<ProcessHandle> process = process(kept);
        if (isWanted() && process.isPresent()) {
            for (String port : new String[] {"port", "member"}) {
                System.setProperty(Rig.portOf(name, port), kept.getProperty(port));
            }
        } else {
            process.ifPresent(ProcessHandle::destroyForcibly);
            remove(file);
        }
    }

    /** The server, if it was started like that and runs. */
    static Optional<ProcessHandle> find(AppServerSetUp setUp) {
        Path file = file(setUp.name());
        if (!isWanted() || !Files.exists(file)) {
            return Optional.empty();
        }
        Properties kept = read(file);
        Optional<ProcessHandle> process = process(kept);
        if (kept.getProperty("setUp").equals(setUp.toString())) {
            return process;
        }
        process.ifPresent(ProcessHandle::destroyForcibly);
        return Optional.empty();
    }

    /** Notes it for the next run. */
    static void note(AppServerSetUp setUp, ProcessHandle process) {
        Properties kept = new Properties();
        kept.setProperty("pid", Long.toString(process.pid()));
        kept.setProperty("began", began(process));
        kept.setProperty("setUp", setUp.toString());
        for (String port : new String[] {"port", "member"}) {
            kept.setProperty(port, Rig.value(Rig.portOf(setUp.name(), port)));
        }
        try (Writer writer = Files.newBufferedWriter(file(setUp.name()))) {
            kept.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another process may have got the number meanwhile. */
    private static Optional<ProcessHandle> process(Properties kept) {
        return ProcessHandle.of(Long.parseLong(kept.getProperty("pid")))
                .filter(process -> began(process).equals(kept.getProperty("began")));
    }

    private static String began(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("");
    }

    private static Properties read(Path file) {
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            kept.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kept;
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return Rig.path("it.servers").resolve("kept-" + name + ".properties");
    }
}
