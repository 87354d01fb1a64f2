package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyGeneratorTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream usage = new ByteArrayOutputStream();

    @Test
    void drawsARingThatTheSettingsTake() throws Exception {
        assertThat(run("key")).isZero();
        Properties first = drawn();
        out.reset();
        run("key");

        assertThat(first.stringPropertyNames()).containsExactlyInAnyOrder("postern.keys", "postern.keys.index");
        assertThatCode(() -> KeyRing.parse(first.getProperty("postern.keys"), first.getProperty("postern.keys.index")))
                .doesNotThrowAnyException();
        assertThat(first.getProperty("postern.keys")).doesNotContain(first.getProperty("postern.keys.index"));
        assertThat(drawn()).doesNotContainValue(first.getProperty("postern.keys.index"));
    }

    @Test
    void drawsOneMoreKey() {
        assertThat(run("key", "255")).isZero();
        String ring = out.toString(StandardCharsets.UTF_8).strip();

        assertThat(KeyRing.parse(ring, ring.substring(4)).signingKey()).isEqualTo((byte) 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keys", "key 256", "key -1", "key one", "key 1 2"})
    void saysHowItIsUsed(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(usage.toString(StandardCharsets.UTF_8)).contains("java -jar postern.jar key");
        assertThat(out.size()).isZero();
    }

    private int run(String... arguments) {
        return KeyGenerator.run(List.of(arguments), new SecureRandom(), print(out), print(usage));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private Properties drawn() throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(out.toString(StandardCharsets.UTF_8)));
        return properties;
    }
}
