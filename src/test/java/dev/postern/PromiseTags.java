package dev.postern;

import dev.postern.DeclaredTests.DeclaredTest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The numbers of promises that tests carry as tags. */
final class PromiseTags {

    private static final List<DeclaredTest> TESTS = DeclaredTests.read();

    private PromiseTags() {}

    /** All tests, also those that the build does not run. */
    static List<DeclaredTest> tests() {
        return TESTS;
    }

    /** The numbers that begin with one of these letters, on all tests. */
    static Set<String> of(String letters) {
        return of(letters, any -> true);
    }

    /** The same on tests that {@code mvn verify} runs. */
    static Set<String> byDay(String letters) {
        return of(letters, test -> !Place.byDay(test).isEmpty());
    }

    private static Set<String> of(String letters, Predicate<DeclaredTest> kind) {
        Predicate<String> number = Pattern.compile("[" + letters + "]-?\\d+").asMatchPredicate();
        Set<String> tags = new TreeSet<>();
        TESTS.stream()
                .filter(kind)
                .map(DeclaredTest::tags)
                .flatMap(Collection::stream)
                .filter(number)
                .forEach(tags::add);
        return tags;
    }
}
