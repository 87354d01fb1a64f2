package dev.postern;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promises of the table in {@code src/docs/project/conformance.md} and the tests that carry their numbers. */
class ConformanceTest {

    private static final Logger LOG = System.getLogger(ConformanceTest.class.getName());

    private static final Path TABLE = Path.of("src/docs/project/conformance.md");

    private static final int PROMISES_OF_POW = 124;
    private static final int PROMISES_BEYOND = 39;

    private static final Pattern ROW = Pattern.compile("\\| ([PX]-\\d+) \\| (.+) \\| ([a-z]+) \\| (.+) \\|");
    private static final Pattern STATE = Pattern.compile("tested|(not applicable|to come): \\S.{4,}");

    private final List<Row> promises = promises();
    private final Set<String> tags = PromiseTags.of("PX");
    private final Set<String> byDay = PromiseTags.byDay("PX");

    private record Row(String id, String area, String state) {

        boolean isTested() {
            return state.equals("tested");
        }

        boolean isToCome() {
            return state.startsWith("to come");
        }
    }

    @Test
    void everyPromiseStandsInTheTableOnce() {
        List<String> expected = Stream.concat(numbers("P", PROMISES_OF_POW), numbers("X", PROMISES_BEYOND))
                .toList();

        assertThat(promises).extracting(Row::id).containsExactlyElementsOf(expected);
    }

    @Test
    void everyPromiseThatIsNotTestedSaysWhy() {
        assertThat(promises).allSatisfy(promise -> assertThat(promise.state).matches(STATE));
    }

    @Test
    void everyPromiseThatIsCalledTestedHasATestByDay() {
        assertThat(ids(Row::isTested)).isNotEmpty().isSubsetOf(byDay);
    }

    @Test
    void everyTagIsThatOfAPromise() {
        assertThat(tags).isNotEmpty().isSubsetOf(ids(promise -> true));
    }

    /** And none of them is about what a session, its row or its renewal is: those are all there. */
    @Test
    void promisesWithoutATestArePrinted() {
        Map<String, List<String>> byArea = promises.stream()
                .filter(promise -> promise.isToCome() && !tags.contains(promise.id))
                .collect(groupingBy(Row::area, TreeMap::new, mapping(Row::id, toList())));
        Set<String> partly = ids(promise -> promise.isToCome() && tags.contains(promise.id));

        byArea.forEach((area, ids) -> LOG.log(Level.INFO, "No test yet, {0}: {1}", area, ids));
        LOG.log(Level.INFO, "Tested in part: {0}", partly);
        assertThat(byArea).doesNotContainKeys("session", "cache", "renewal", "remembered", "transport");
    }

    private Set<String> ids(Predicate<Row> kind) {
        Set<String> ids = new TreeSet<>();
        promises.stream().filter(kind).map(Row::id).forEach(ids::add);
        return ids;
    }

    private static Stream<String> numbers(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + "-" + (number < 10 ? "0" : "") + number);
    }

    private static List<Row> promises() {
        List<Row> promises = new ArrayList<>();
        for (String line : read(TABLE).lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                promises.add(new Row(row.group(1), row.group(3), row.group(4)));
            }
        }
        return promises;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
