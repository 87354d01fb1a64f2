package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The jar by itself. */
@OnPayaraByDay
class KeyIT {

    @Test
    void jarDrawsKeys() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Rig.path("it.jar").toString(),
                        "key")
                .redirectErrorStream(true)
                .start();
        String drawn = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(drawn).isZero();
        assertThat(drawn).matches("postern\\.keys=1:\\S{44}\npostern\\.keys\\.index=\\S{44}\n");
    }
}
