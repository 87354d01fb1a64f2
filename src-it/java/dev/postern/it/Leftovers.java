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
    private static final Path PROCESSES = Path.of("/proc");
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

    static boolean isLeftOver(ProcessHandle process) {
        return isLeftOver(commandLine(process));
    }

    /** Whether a command line is that of a node whose rig does not run. */
    static boolean isLeftOver(String commandLine) {
        Matcher node = NODE.matcher(commandLine);
        return node.find() && ProcessHandle.of(Long.parseLong(node.group(1))).isEmpty();
    }

    /** Empty if it cannot be read: the process is another user's or gone, or the system shows none, as Windows. */
    private static String commandLine(ProcessHandle process) {
        return Files.isReadable(PROCESSES.resolve("self/cmdline")) ? complete(process.pid()) : known(process.info());
    }

    /** On Linux the JDK leaves out command lines of more than 4096 bytes, which those of servers are. */
    private static String complete(long pid) {
        try {
            return Files.readString(
                    PROCESSES.resolve(Long.toString(pid)).resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** What the JDK knows, as on macOS. */
    static String known(ProcessHandle.Info process) {
        return process.arguments().map(words -> String.join(" ", words)).orElse("");
    }
}
