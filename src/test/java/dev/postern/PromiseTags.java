package dev.postern;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The numbers of promises that tests carry as tags. */
final class PromiseTags {

    private static final List<Path> TESTS = List.of(Path.of("src/test/java"), Path.of("src-it/java"));

    private PromiseTags() {}

    /** Those that begin with one of these letters and a hyphen. */
    static Set<String> of(String letters) {
        Pattern tag = Pattern.compile("@(?:Arch)?Tag\\(\"([" + letters + "]-[^\"]*)\"\\)");
        Set<String> tags = new TreeSet<>();
        for (Path root : TESTS) {
            for (Path source : sources(root)) {
                tag.matcher(read(source)).results().forEach(found -> tags.add(found.group(1)));
            }
        }
        return tags;
    }

    private static List<Path> sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
