package dev.postern.it.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
record Remains(long ownThreads, long members, long threads, long copies) {

    private static final Pattern MEMBER = Pattern.compile("\"hz\\.([^.]+)\\.");
    private static final String KEEPER = "dev.postern.session.SessionKeeper";

    static Remains of(long pid) throws IOException {
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

    private static List<String> jcmd(long pid, String command) throws IOException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(program, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
