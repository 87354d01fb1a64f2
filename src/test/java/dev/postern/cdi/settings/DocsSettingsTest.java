package dev.postern.cdi.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.Documents;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The settings in the documents are those of the code. */
class DocsSettingsTest {

    private static final Path PAGE = Documents.PAGES.resolve("reference/settings.md");
    private static final Path DECISIONS = Documents.PAGES.resolve("project/decisions");
    private static final Path CHANGES = Documents.PAGES.resolve("project/CHANGELOG.md");

    private static final Pattern ROW =
            Pattern.compile("^\\| `postern\\.([a-z-]+(?:\\.[a-z-]+)*)` \\| (?:`([^`]*)`)? ?\\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`postern\\.([a-z-]+(?:\\.[a-z-]+)*)(?:=[^`]*)?`");
    private static final Pattern HEADING = Pattern.compile("^## (.+)$", Pattern.MULTILINE);

    private static final String KEY = "A".repeat(43) + "=";

    /** Files of the project, which are written like settings. */
    private static final Set<String> FILES = Set.of("jar", "xml", "cli");

    @Test
    @Tag("S-01")
    @Tag("S-51")
    void listsEverySettingWithItsDefault() {
        assertThat(table()).isEqualTo(read(Map.of()).defaults());
    }

    @Test
    void isOrderedUnderTenHeadingsAndHasAnExample() {
        assertThat(HEADING.matcher(Documents.text(PAGE)).results().map(found -> found.group(1)))
                .hasSize(11)
                .last()
                .isEqualTo("An example file");
    }

    @Test
    void everyExampleIsAccepted() throws IOException {
        List<Documents.Block> examples = Documents.blocks("properties");
        assertThat(examples).hasSizeGreaterThan(5);
        for (Documents.Block example : examples) {
            Map<String, String> entries = entries(example.text());
            assertThat(read(withKeys(entries)).wrong()).as(example.toString()).isEmpty();
            assertThat(entries.keySet()).as(example.toString()).isSubsetOf(names());
        }
    }

    @Test
    void wrongExampleIsNot() {
        assertThat(read(Map.of("postern.session.grace", "PT1D")).wrong()).hasSize(1);
    }

    @Test
    void everySettingThatAPageNamesExists() {
        for (Path page : Documents.all()) {
            if (!page.startsWith(DECISIONS) && !page.equals(CHANGES)) {
                Set<String> named = NAME.matcher(Documents.text(page))
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !FILES.contains(name))
                        .map(name -> ConfigValues.PREFIX + name)
                        .collect(Collectors.toSet());
                assertThat(named).as(page.toString()).isSubsetOf(names());
            }
        }
    }

    private static Set<String> names() {
        return read(Map.of()).defaults().keySet().stream()
                .map(name -> ConfigValues.PREFIX + name)
                .collect(Collectors.toSet());
    }

    private static ConfigValues read(Map<String, String> set) {
        ConfigValues values = new ConfigValues(name -> Optional.ofNullable(set.get(name)));
        new CoreSettingsReader(values).read();
        return values;
    }

    /** As an application has them, whose keys are in no file. */
    private static Map<String, String> withKeys(Map<String, String> example) {
        Map<String, String> all = new TreeMap<>(example);
        all.put("postern.keys", "1:" + KEY);
        all.put("postern.keys.index", KEY);
        return all;
    }

    private static Map<String, String> entries(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static Map<String, String> table() {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Documents.text(PAGE));
        while (row.find()) {
            rows.put(row.group(1), Optional.ofNullable(row.group(2)).orElse(""));
        }
        return rows;
    }
}
