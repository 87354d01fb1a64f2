package dev.postern.it;

import dev.postern.testing.Confidential;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the nodes of one server have logged: every log in a directory whose name begins with the server's.
 *
 * <p>Immutable.
 */
record NodeLogs(Path servers, String server) {

    private static final int DEPTH = 4;

    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(servers, DEPTH)) {
            return files.filter(Files::isRegularFile)
                    .filter(this::isLog)
                    .sorted()
                    .toList();
        }
    }

    /** The nodes that have logged: {@code node-a}, {@code cluster-0} and the like. */
    SortedSet<String> nodes() throws IOException {
        SortedSet<String> nodes = new TreeSet<>();
        for (Path file : files()) {
            nodes.add(node(file));
        }
        return nodes;
    }

    private String node(Path file) {
        String top = servers.relativize(file).getName(0).toString();
        String name = top.startsWith(server + "-") ? top.substring(server.length() + 1) : top;
        return name.split("\\.", 2)[0];
    }

    private boolean isLog(Path file) {
        String top = servers.relativize(file).getName(0).toString();
        boolean isOurs = Stream.of("-node-", "-cluster-", "-guests").anyMatch(kind -> top.startsWith(server + kind));
        return isOurs && file.getFileName().toString().contains(".log");
    }

    /** Where a secret stands in them: one entry for each line. */
    List<String> leaks(Confidential secrets) throws IOException {
        List<String> leaks = new ArrayList<>();
        for (Path file : files()) {
            try (BufferedReader lines = open(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    secrets.find(line).ifPresent(found -> leaks.add(file.getFileName() + ": " + found));
                }
            }
        }
        return leaks;
    }

    /** Those of the nodes of which some line is like that. */
    SortedSet<String> nodesWithLine(Predicate<String> line) throws IOException {
        SortedSet<String> nodes = new TreeSet<>();
        for (Path file : files()) {
            try (BufferedReader lines = open(file)) {
                if (!nodes.contains(node(file)) && lines.lines().anyMatch(line)) {
                    nodes.add(node(file));
                }
            }
        }
        return nodes;
    }

    /** Whatever the bytes are, they are read. */
    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1));
    }
}
