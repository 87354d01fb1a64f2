package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Any text in the settings for keys: a ring, or a sentence without a key in it. */
class KeyRingFuzz {

    private static final int TELLING = 12;

    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void parse(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        String ring = lines[0];
        String index = lines.length > 1 ? lines[1] : "";
        try {
            assertThat(KeyRing.parse(ring, index))
                    .hasToString("KeyRing[" + ring.split(",", -1).length + " keys, hidden]");
        } catch (IllegalArgumentException e) {
            assertThat(List.of((ring + "," + index).split("[,:]", -1)))
                    .filteredOn(part -> part.length() >= TELLING)
                    .noneMatch(part -> String.valueOf(e.getMessage()).contains(part));
        }
    }
}
