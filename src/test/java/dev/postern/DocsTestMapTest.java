package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.Documents;
import dev.postern.testing.JavaFiles;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of tests that integration tests inherit, in {@code src/docs/project/testing.md}. */
class DocsTestMapTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| [^|]*\\S \\| `(\\w+)` \\| ((?:`\\w+IT`(?:, )?)+) \\|$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern TYPE =
            Pattern.compile("^((?:public |final |abstract )*(?:class|interface)) (\\w+)([^{]*)\\{", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile(
            "^ +@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\\b", Pattern.MULTILINE);

    /** A class or an interface with what its file says of it. */
    private record Source(String kind, String name, Set<String> supertypes, boolean hasTests) {

        boolean isInherited() {
            return hasTests && (kind.endsWith("interface") || kind.contains("abstract"));
        }
    }

    private final Map<String, Source> sources = JavaFiles.under(JavaFiles.INTEGRATION).stream()
            .map(Documents::text)
            .flatMap(text -> TYPE.matcher(text).results().map(type -> source(type, text)))
            .collect(Collectors.toMap(Source::name, source -> source));

    @Test
    void eachInheritedTestIsListedWithTheClassesThatRunIt() {
        assertThat(listed()).isEqualTo(inherited()).hasSizeGreaterThan(10);
    }

    private static Source source(MatchResult type, String text) {
        return new Source(
                type.group(1),
                type.group(2),
                words(type.group(3)),
                TEST.matcher(text).find());
    }

    private static Map<String, Set<String>> listed() {
        return ROW.matcher(Documents.text(Documents.PAGES.resolve("project/testing.md")))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> words(row.group(2)), (one, again) -> Set.of(), TreeMap::new));
    }

    private Map<String, Set<String>> inherited() {
        Map<String, Set<String>> runners = new TreeMap<>();
        for (Source source : sources.values()) {
            if (source.isInherited()) {
                runners.put(source.name, runners(source.name));
            }
        }
        return runners;
    }

    private Set<String> runners(String inherited) {
        return sources.values().stream()
                .filter(source -> source.name.endsWith("IT") && lineage(source).contains(inherited))
                .map(Source::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> lineage(Source source) {
        Set<String> all = new LinkedHashSet<>(source.supertypes);
        source.supertypes.stream()
                .flatMap(name -> Stream.ofNullable(sources.get(name)))
                .forEach(parent -> all.addAll(lineage(parent)));
        return all;
    }

    private static Set<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
