package dev.postern.it.rig.node;

import dev.postern.it.rig.report.FaultReport;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The classes of a bare member in an archive (JEP 350). A start maps it instead of loading each class, which spares a
 * third of the processor time. The JVM writes the archive when a member ends that was started for this alone.
 *
 * <p>Not for several threads.
 */
final class SharedClasses {

    private static final long SECONDS_TO_WRITE = 120;

    /** The standard output is for answers, and not for what the JVM says of an archive. */
    private static final List<String> LOG = List.of("-Xlog:disable", "-Xlog:all=warning:stderr");

    private static final List<String> OPTIONS = new ArrayList<>();

    private SharedClasses() {}

    /**
     * The options that make the JVM of a member use the archive. The first call writes it.
     *
     * @param command starts a member without the archive
     * @param place where the options of the JVM begin in the command
     */
    static List<String> options(List<String> command, int place) throws IOException {
        if (OPTIONS.isEmpty()) {
            Path archive = FaultReport.directory().resolveSibling("members.jsa");
            Files.deleteIfExists(archive);
            List<String> words = new ArrayList<>(command);
            words.addAll(place, LOG);
            words.add(place, "-XX:ArchiveClassesAtExit=" + archive);
            startAndStop(words);
            OPTIONS.addAll(LOG);
            if (Files.exists(archive)) {
                OPTIONS.add("-XX:SharedArchiveFile=" + archive);
            }
        }
        return OPTIONS;
    }

    private static void startAndStop(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try (var input = process.getOutputStream()) {
            input.write(("1 " + PipeNode.STOP + "\n").getBytes(StandardCharsets.UTF_8));
        }
        try {
            if (!process.waitFor(SECONDS_TO_WRITE, TimeUnit.SECONDS)) {
                Process unused = process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Process unused = process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
