package dev.postern.it.rig.node;

import dev.postern.it.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is in a node's JVM, as {@code jcmd} shows it after a full collection: how many threads of Postern's and in all, how many
 * Hazelcast members by the names of their threads, of which idle ones come and go, and how many times one of Postern's classes
 * is loaded and has instances. Anything that holds the class loader of an application that is gone, a listener or a thread,
 * keeps a second copy.
 *
 * <p>Immutable.
 */
public record Remains(long ownThreads, long members, long threads, long copies) {

    private static final Pattern MEMBER = Pattern.compile("\"hz\\.([^.]+)\\.");
    private static final String KEEPER = "dev.postern.session.SessionKeeper";

    public static Remains of(long pid) {
        List<String> histogram = jcmd(pid, "GC.class_histogram");
        List<String> dump = jcmd(pid, "Thread.print").stream()
                .filter(line -> line.startsWith("\""))
                .toList();
        return new Remains(
                dump.stream().filter(line -> line.startsWith("\"postern-")).count(),
                dump.stream()
                        .map(MEMBER::matcher)
                        .filter(Matcher::lookingAt)
                        .map(name -> name.group(1))
                        .distinct()
                        .count(),
                dump.size(),
                histogram.stream().filter(Remains::isKeeper).count());
    }

    private static boolean isKeeper(String line) {
        return List.of(line.trim().split("\\s+")).contains(KEEPER);
    }

    private static List<String> jcmd(long pid, String command) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Shell.run(program, Long.toString(pid), command).lines().toList();
    }
}
