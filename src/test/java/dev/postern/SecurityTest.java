package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The requirements of the table in {@code src/docs/security.md} and the tests that carry their numbers. */
class SecurityTest {

    private static final int REQUIREMENTS = 92;
    private static final Pattern ROW =
            Pattern.compile("^\\| (S-\\d+) \\| (.+) \\| (.+) \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern DUTY =
            Pattern.compile("tested(, with `[\\w.-]+`)?|(application|operations|stated|later): \\S.{20,}");

    private final List<Requirement> requirements = requirements();
    private final Set<String> tags = PromiseTags.of("S");
    private final Set<String> byDay = PromiseTags.byDay("S");

    private record Requirement(String id, String state) {

        boolean isTested() {
            return state.startsWith("tested");
        }
    }

    @Test
    void everyRequirementStandsInTheTableOnce() {
        assertThat(requirements)
                .extracting(Requirement::id)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, REQUIREMENTS)
                        .mapToObj(number -> "S-%02d".formatted(number))
                        .toList());
    }

    @Test
    void everyRequirementIsTestedOrSomebodysDuty() {
        assertThat(requirements)
                .allSatisfy(one -> assertThat(one.state).as(one.id).matches(DUTY));
    }

    @Test
    void everyRequirementThatIsCalledTestedHasATestByDay() {
        Set<String> without = ids(Requirement::isTested);
        assertThat(without).isNotEmpty();

        without.removeAll(byDay);

        assertThat(without).isEmpty();
    }

    @Test
    void everyTagIsThatOfARequirement() {
        assertThat(tags).isNotEmpty().isSubsetOf(ids(any -> true));
    }

    private Set<String> ids(Predicate<Requirement> kind) {
        return requirements.stream().filter(kind).map(Requirement::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Requirement> requirements() {
        try {
            return ROW.matcher(Files.readString(Path.of("src/docs/security.md")))
                    .results()
                    .map(row -> new Requirement(row.group(1), row.group(4)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
