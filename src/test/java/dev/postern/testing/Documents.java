package dev.postern.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents of the project: the README, the pages under {@code src/docs} and those for contributors. */
public final class Documents {

    public static final Path README = Path.of("README.md");
    public static final Path PAGES = Path.of("src/docs");
    private static final Path CONTRIBUTORS = Path.of(".github");

    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private Documents() {}

    /** A block of code, in the language that its fence names. */
    public record Block(Path page, String language, String text) {

        @Override
        public String toString() {
            return page + ":\n" + text;
        }
    }

    /** All Markdown files, in order. */
    public static List<Path> all() {
        return Stream.of(Stream.of(README), markdown(PAGES), markdown(CONTRIBUTORS))
                .flatMap(files -> files)
                .toList();
    }

    /** The blocks of a language in all documents. */
    public static List<Block> blocks(String language) {
        return all().stream()
                .flatMap(page -> blocks(page, text(page)))
                .filter(block -> block.language.equals(language))
                .toList();
    }

    /** The blocks of a text. */
    public static Stream<Block> blocks(Path page, String text) {
        return BLOCK.matcher(text).results().map(found -> new Block(page, found.group(1), found.group(2)));
    }

    /** The text without its blocks of code. */
    public static String withoutBlocks(String text) {
        return BLOCK.matcher(text).replaceAll("");
    }

    /** The whole text of a page. */
    public static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> markdown(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
