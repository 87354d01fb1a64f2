package dev.postern.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nodes of a rig that was killed before it could end them. The command of a node carries the process id of its rig. */
public final class Leftovers {

    private static final String RIG = "-Dfaults.rig=";
    private static final Pattern NODE = Pattern.compile(Pattern.quote(RIG) + "(\\d+)");

    private Leftovers() {}

    /** The argument of a JVM that makes it one of this rig's nodes. */
    public static String mark() {
        return RIG + ProcessHandle.current().pid();
    }

    /** Ends those whose rig does not run any more. */
    public static void remove() {
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
