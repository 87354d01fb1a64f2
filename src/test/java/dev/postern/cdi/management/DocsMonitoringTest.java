package dev.postern.cdi.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.Documents;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The attributes in {@code operations/monitoring.md} are those of the MXBean. */
class DocsMonitoringTest {

    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z]\\w+)` \\| \\S.*\\|$", Pattern.MULTILINE);

    @Test
    void tableHasEachAttributeOnce() {
        String page = Documents.text(Documents.PAGES.resolve("operations/monitoring.md"));
        String table = page.substring(0, page.indexOf("## Alarms"));
        List<String> attributes = Arrays.stream(SessionsMXBean.class.getMethods())
                .map(Method::getName)
                .map(name -> name.replaceFirst("^get", ""))
                .toList();

        assertThat(ROW.matcher(table).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(attributes);
    }
}
