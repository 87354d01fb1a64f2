package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.Documents;
import dev.postern.testing.JavaFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids that comments, tags and documents cite, and the tables of the documents that define them. */
class CitedIdsTest {

    private static final List<Path> SOURCES = List.of(Path.of("src/main"), Path.of("src/test"), Path.of("src-it"));
    private static final String POM = "pom.xml";

    /** It repeats the ids of the other pages. */
    private static final Path TABLE_OF_TESTS = Documents.PAGES.resolve("project/promises.md");

    private static final String ID = "[A-Z]{1,3}-?\\d{1,3}";
    private static final Pattern CITED = Pattern.compile("(?<![\\w.&#+/-])" + ID + "(?![\\w-])");

    /** A row of a table whose first cell is an id alone. */
    private static final Pattern DEFINITION = Pattern.compile("(?<=^\\| )" + ID + "(?= \\|)", Pattern.MULTILINE);

    /** A comment of Java or of XML, or the tag of a test. */
    private static final Pattern CITATION = Pattern.compile(
            "/\\*.*?\\*/|(?:^|(?<=\\s))//[^\\n]*|<!--.*?-->|Tag\\(\"[^\"]*\"\\)", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern CODE = Pattern.compile("\\{@code [^}]*}|`[^`\\n]*`");

    /** Names of algorithms and products that look like ids. */
    private static final Set<String> NAMES =
            Set.of("AES-256", "ES256", "H2", "HS256", "MD5", "PS256", "RS256", "SHA-256", "UTF-8");

    /** An id, and a file that cites it. */
    private record Citation(String id, Path file) {}

    @Test
    void eachIdThatIsCitedIsDefined() {
        List<Citation> all = citations().toList();
        List<String> defined = definitions().toList();

        assertThat(all).extracting(Citation::id).contains("A1", "D1", "P-01", "S-01", "V-24", "WF-03", "X-01");
        assertThat(all.stream().filter(each -> !defined.contains(each.id())).distinct())
                .isEmpty();
    }

    @Test
    void everyPomIsRead() {
        assertThat(poms()).contains(Path.of(POM), Path.of("src/pom.xml"), Path.of("src-it/payara/pom.xml"));
        assertThat(citations().filter(each -> each.file().endsWith(POM)).map(Citation::file))
                .contains(Path.of("src/pom.xml"), Path.of("src/test/pom.xml"));
    }

    @Test
    void noIdIsDefinedTwice() {
        assertThat(definitions()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** See (WF-03), please. */",
                "/* \n * WF-03: it is so. */",
                "int a = 1; // WF-03",
                "@Tag(\"WF-03\")",
                "<!-- WF-03 -->"
            })
    void idsStandInCommentsAndTags(String text) {
        assertThat(cited(commentsAndTags(text))).containsExactly("WF-03");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String a = \"WF-03\";",
                "/** {@code WF-03} */",
                "/** UTF-8 and SHA-256 */",
                "\"http://WF-03\"",
                "/** CVE-2025-12390, RFC-6265bis, MEMBER-17-of-20, A1B */"
            })
    void otherTextsAreNone(String text) {
        assertThat(cited(commentsAndTags(text))).isEmpty();
    }

    private static Stream<Citation> citations() {
        Stream<Citation> ofSources = Stream.concat(
                        SOURCES.stream().flatMap(folder -> JavaFiles.under(folder).stream()), poms())
                .flatMap(file -> cited(commentsAndTags(Documents.text(file))).map(id -> new Citation(id, file)));
        Stream<Citation> ofPages = Documents.all().stream()
                .flatMap(page ->
                        cited(Documents.withoutBlocks(Documents.text(page))).map(id -> new Citation(id, page)));
        return Stream.concat(ofSources, ofPages);
    }

    private static Stream<String> definitions() {
        return Documents.all().stream()
                .filter(page -> !page.equals(TABLE_OF_TESTS))
                .flatMap(page -> DEFINITION.matcher(Documents.text(page)).results())
                .map(found -> found.group());
    }

    private static String commentsAndTags(String text) {
        return String.join(
                "\n",
                CITATION.matcher(text).results().map(found -> found.group()).toList());
    }

    private static Stream<String> cited(String text) {
        return CITED.matcher(CODE.matcher(text).replaceAll(""))
                .results()
                .map(found -> found.group())
                .filter(id -> !NAMES.contains(id));
    }

    private static Stream<Path> poms() {
        return Stream.of(Stream.of(Path.of(POM)), poms(Path.of("src")), poms(Path.of("src-it")))
                .flatMap(files -> files);
    }

    private static Stream<Path> poms(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(POM)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
