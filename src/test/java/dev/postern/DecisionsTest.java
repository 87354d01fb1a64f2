package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The records in {@code src/docs/project/decisions} and their index. */
class DecisionsTest {

    private static final Path FOLDER = Path.of("src/docs/project/decisions");

    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d+) \\| \\[(.+)]\\((.+\\.md)\\) \\| \\S.{20,} \\|$", Pattern.MULTILINE);
    private static final Pattern TITLE = Pattern.compile("# (\\d+)\\. (.+)");
    private static final Pattern FILE = Pattern.compile("(\\d{4})-[a-z-]+\\.md");

    private record Decision(int number, String title, String file) {}

    @Test
    void everyRecordIsInTheIndexUnderItsTitle() throws IOException {
        assertThat(index()).containsExactlyInAnyOrderElementsOf(records());
    }

    @Test
    void noNumberOccursTwiceAndNoneIsLeftOut() throws IOException {
        assertThat(records())
                .extracting(Decision::number)
                .containsExactlyElementsOf(numbers(records().size()));
    }

    @Test
    void theIndexIsInOrder() throws IOException {
        assertThat(index()).extracting(Decision::number).containsExactlyElementsOf(numbers(index().size()));
    }

    @Test
    void everyRecordHasTheNumberOfItsFileAndItsParts() throws IOException {
        for (Decision decision : records()) {
            Matcher file = FILE.matcher(decision.file);
            assertThat(file.matches()).as(decision.file).isTrue();
            assertThat(Integer.parseInt(file.group(1))).as(decision.file).isEqualTo(decision.number);
            assertThat(Files.readAllLines(FOLDER.resolve(decision.file)))
                    .as(decision.file)
                    .containsSubsequence("## Situation", "## Decision", "## What would change our mind")
                    .contains("## Rejected");
        }
    }

    private static List<Integer> numbers(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static List<Decision> index() throws IOException {
        return ROW.matcher(Files.readString(FOLDER.resolve("README.md")))
                .results()
                .map(row -> new Decision(Integer.parseInt(row.group(1)), row.group(2), row.group(3)))
                .toList();
    }

    private static List<Decision> records() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> records =
                    files.filter(file -> !file.endsWith("README.md")).sorted().toList();
            return records.stream().map(DecisionsTest::record).toList();
        }
    }

    private static Decision record(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            Matcher title = TITLE.matcher(lines.findFirst().orElse(""));
            assertThat(title.matches())
                    .as("%s begins with its number and title", file)
                    .isTrue();
            return new Decision(
                    Integer.parseInt(title.group(1)),
                    title.group(2),
                    file.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
