package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.Documents;
import dev.postern.testing.Documents.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes and packages that {@code how-it-works.md} names are those of the code. */
class DocsHowItWorksTest {

    private static final Path PAGE = Documents.PAGES.resolve("how-it-works.md");
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");

    /** A type in the text, with one of its members perhaps. */
    private static final Pattern IN_TEXT = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.(\\w+))?`");

    private static final Pattern IN_PICTURE = Pattern.compile("\\b([A-Z][a-z]+(?:[A-Z][a-z]+)+)\\b()");
    private static final Pattern ROOM =
            Pattern.compile("^\\| \\[[a-z.]+]\\((\\S+)\\) \\| \\S.+ \\|$", Pattern.MULTILINE);

    @Test
    void everyTypeThatItNamesExists() throws IOException {
        String page = Documents.text(PAGE);

        assertThat(names(page)).hasSizeGreaterThan(40);
        assertThat(missing(page)).isEmpty();
    }

    @Test
    void typesAndMembersThatDoNotExistAreFound() throws IOException {
        String page = "`Graveyard` `UnitOfWork.dig` `UnitOfWork.swap`\n```mermaid\n    A->>B: SessionGrave\n```\n";

        assertThat(missing(page)).containsExactly("Graveyard", "SessionGrave", "UnitOfWork.dig");
    }

    @Test
    void everyPackageIsARoomOfIts() throws IOException {
        Set<Path> rooms = ROOM.matcher(Documents.text(PAGE))
                .results()
                .map(room -> PAGE.resolveSibling(room.group(1)).normalize())
                .collect(Collectors.toSet());

        assertThat(rooms)
                .containsExactlyInAnyOrderElementsOf(sources(MAIN)
                        .filter(file -> file.endsWith("package-info.java"))
                        .toList());
    }

    private static Set<String> missing(String page) throws IOException {
        Map<String, String> types = new TreeMap<>();
        for (Path source : Stream.concat(sources(MAIN), sources(TEST)).toList()) {
            types.put(source.getFileName().toString().replace(".java", ""), Documents.text(source));
        }
        return names(page).stream().filter(name -> !exists(name, types)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean exists(String name, Map<String, String> types) {
        String[] parts = name.split("\\.");
        String source = types.get(parts[0]);
        return source != null
                && Stream.of(parts)
                        .skip(1)
                        .allMatch(member -> Pattern.compile("\\b" + member + "\\(")
                                .matcher(source)
                                .find());
    }

    private static Set<String> names(String page) {
        Stream<MatchResult> inText =
                IN_TEXT.matcher(Documents.withoutBlocks(page)).results();
        Stream<MatchResult> inPictures = Documents.blocks(PAGE, page)
                .map(Block::text)
                .flatMap(picture -> IN_PICTURE.matcher(picture).results());
        return Stream.concat(inText, inPictures)
                .map(name -> name.group(2) == null || name.group(2).isEmpty()
                        ? name.group(1)
                        : name.group(1) + "." + name.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }
}
