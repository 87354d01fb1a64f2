package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.DeclaredTests.DeclaredTest;
import dev.postern.PromiseTable.Promise;
import dev.postern.testing.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each promise that the documents call tested has a test that runs by day, and the page of promises says which. */
class PromisesPageTest {

    private static final Path DIRECTORY = Documents.PAGES.resolve("project");
    private static final Path PAGE = DIRECTORY.resolve("promises.md");
    private static final String COMMAND = "mvn -pl src test -Dtest=PromisesPageTest -Dpromises.write=true";
    private static final String INTRODUCTION = """
            # Promises and their tests

            `PromisesPageTest` writes this page from the tags of the tests, and fails where they say something else.
            `%s` writes it anew.
            [Testing](testing.md) says how one class is run.

            A class without brackets runs in one JVM.
            With brackets it runs on bare Hazelcast members in JVMs of their own, or on nodes of Payara, of WildFly, or of both.
            *By day* is `mvn verify`, *only at night* what `mvn -Pnightly verify` adds; at night what runs on one server runs on both.
            A class whose name does not end in `Test`, `Fuzz` or `IT` is run by those that extend or implement it.
            Where there is no test, the page of the promise says why.
            """;

    @Test
    void everyPromiseThatIsCalledTestedHasATestByDay() {
        Set<String> byDay = PromiseTags.byDay("PXSLIG");

        assertThat(PromiseTable.all().filter(Promise::isTested).map(Promise::id))
                .hasSizeGreaterThan(230)
                .filteredOn(id -> !byDay.contains(id))
                .isEmpty();
    }

    @Test
    void pageSaysWhatTheTagsSay() throws IOException {
        String text = text();
        if (Boolean.getBoolean("promises.write")) {
            Files.writeString(PAGE, text);
        }
        List<String> lines = text.lines().toList();
        List<String> old = Documents.text(PAGE).lines().toList();

        assertThat(old.stream().filter(line -> !lines.contains(line)))
                .as("Lines that the tags no longer bear out. Write the page anew: " + COMMAND)
                .isEmpty();
        assertThat(lines.stream().filter(line -> !old.contains(line)))
                .as("Lines that are missing. Write the page anew: " + COMMAND)
                .isEmpty();
        assertThat(Documents.text(PAGE)).as("Write the page anew: " + COMMAND).isEqualTo(text);
    }

    private static String text() {
        return Stream.concat(
                        Stream.of(INTRODUCTION.formatted(COMMAND)),
                        Stream.of(PromiseTable.values()).map(PromisesPageTest::section))
                .collect(Collectors.joining("\n"));
    }

    private static String section(PromiseTable table) {
        Path link = DIRECTORY.relativize(table.page());
        String rows = table.promises().stream().map(PromisesPageTest::row).collect(Collectors.joining());
        return "## %s\n\nFrom [%s](%s).\n\n| Id | By day | Only at night |\n|--|--|--|\n%s"
                .formatted(table.title(), table.page().getFileName(), link, rows);
    }

    private static String row(Promise promise) {
        List<DeclaredTest> tests = PromiseTags.tests().stream()
                .filter(test -> test.tags().contains(promise.id()))
                .toList();
        Map<String, Set<Place>> day = classes(tests, Place::byDay);
        Map<String, Set<Place>> night = classes(tests, Place::atNight);
        night.keySet().removeAll(day.keySet());
        return "| %s | %s | %s |\n".formatted(promise.id(), cell(day), cell(night));
    }

    /** The classes that declare the tests, and the places where these run. */
    private static Map<String, Set<Place>> classes(List<DeclaredTest> tests, Function<DeclaredTest, Set<Place>> when) {
        Map<String, Set<Place>> classes = new TreeMap<>();
        tests.stream()
                .filter(test -> !when.apply(test).isEmpty())
                .forEach(test -> classes.computeIfAbsent(test.declaredIn(), any -> EnumSet.noneOf(Place.class))
                        .addAll(when.apply(test)));
        return classes;
    }

    private static String cell(Map<String, Set<Place>> classes) {
        return classes.entrySet().stream()
                .map(each -> "`" + each.getKey() + "`" + brackets(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String brackets(Set<Place> places) {
        Set<Place> servers = EnumSet.of(Place.PAYARA, Place.WILDFLY);
        String names = Stream.of(
                        places.contains(Place.MEMBERS) ? "members" : "",
                        places.containsAll(servers)
                                ? "both"
                                : places.contains(Place.PAYARA)
                                        ? "Payara"
                                        : places.contains(Place.WILDFLY) ? "WildFly" : "")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " (" + names + ")";
    }
}
