package dev.postern.cdi.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/**
 * Settings with any content are read to the end, with one sentence for each fault. An input is lines of a name, an
 * equals sign and a value.
 */
class CoreSettingsReaderFuzz {

    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void read(byte[] input) {
        Map<String, String> given = new HashMap<>();
        new String(input, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && !pair[1].isEmpty())
                .forEach(pair -> given.put(pair[0], pair[1]));
        ConfigValues values = new ConfigValues(name -> Optional.ofNullable(given.get(name)));

        Settings settings = new CoreSettingsReader(values).read();

        assertThat(values.wrong()).allSatisfy(sentence -> assertThat(sentence).startsWith("postern."));
        assertThat(List.copyOf(values.effective().keySet()))
                .isEqualTo(List.copyOf(values.defaults().keySet()));
        assertThat(settings.effective()).isEqualTo(values.effective().toString());
    }
}
