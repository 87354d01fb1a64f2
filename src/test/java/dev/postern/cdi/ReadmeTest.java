package dev.postern.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z-]+(?:\\.[a-z-]+)*)` \\| (?:`([^`]*)`)? ?\\|", Pattern.MULTILINE);

    @Test
    @Tag("S-01")
    void listsEverySettingWithItsDefault() throws IOException {
        SettingValues values = new SettingValues(name -> Optional.empty());
        new SettingsReader(values).read();

        assertThat(table()).isEqualTo(values.defaults());
    }

    private static Map<String, String> table() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("README.md")));
        while (row.find()) {
            rows.put(row.group(1), Optional.ofNullable(row.group(2)).orElse(""));
        }
        return rows;
    }
}
