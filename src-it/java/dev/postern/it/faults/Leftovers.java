package dev.postern.it.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nodes of a rig that was killed. They end by themselves when they read that nobody writes to them any more, but one that was frozen then
 * does not read. A node's namespace carries the process id of its rig.
 */
final class Leftovers {

    private static final Pattern NODE = Pattern.compile("-Dfaults\\.namespace=faults-(\\d+)-");

    private Leftovers() {}

    /** Ends those whose rig does not run any more. */
    static void remove() {
        ProcessHandle.allProcesses().filter(Leftovers::isLeftOver).forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isLeftOver(ProcessHandle process) {
        Matcher node = NODE.matcher(commandLine(process.pid()));
        return node.find() && ProcessHandle.of(Long.parseLong(node.group(1))).isEmpty();
    }

    /** Empty where it cannot be read: not Linux, somebody else's, or gone meanwhile. */
    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
