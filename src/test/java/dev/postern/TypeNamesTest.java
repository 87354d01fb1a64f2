package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.Documents;
import dev.postern.testing.JavaFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The simple names of all top-level types: those of the jar and of its tests, of the integration tests and their
 * applications, of the demo and of the benchmarks.
 */
class TypeNamesTest {

    /** Every package has one, and a compiler requires this name. */
    private static final String OF_A_PACKAGE = "package-info";

    /** Declared without indentation, as the formatter leaves it. */
    private static final Pattern TYPE = Pattern.compile(
            "^(?:(?:public|abstract|final|sealed|non-sealed) )*(?:class|@?interface|enum|record) (\\w+)",
            Pattern.MULTILINE);

    private record Type(String name, Path file) {}

    @Test
    void noTwoTypesHaveOneName() {
        Map<String, List<Path>> files = types().collect(Collectors.groupingBy(
                Type::name, TreeMap::new, Collectors.mapping(Type::file, Collectors.toList())));
        files.values().removeIf(one -> one.size() == 1);

        assertThat(files).isEmpty();
    }

    @Test
    void everyFileDeclaresTheTypeOfItsName() {
        List<Type> types = types().toList();

        assertThat(files().map(file -> new Type(JavaFiles.type(file), file)))
                .hasSizeGreaterThan(500)
                .isSubsetOf(types);
    }

    private static Stream<Type> types() {
        return files().flatMap(file ->
                TYPE.matcher(Documents.text(file)).results().map(found -> new Type(found.group(1), file)));
    }

    private static Stream<Path> files() {
        return Stream.of(JavaFiles.JAR, JavaFiles.INTEGRATION)
                .flatMap(folder -> JavaFiles.under(folder).stream())
                .filter(file -> !JavaFiles.type(file).equals(OF_A_PACKAGE));
    }
}
