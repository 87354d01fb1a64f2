package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which cryptography the sources ask the platform for. */
class AlgorithmsTest {

    private static final Pattern ASKED =
            Pattern.compile("(?:getInstance|new SecretKeySpec)\\([^;]*\\)|ALGORITHM = \"[^\"]+\"");
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");
    private static final Set<String> APPROVED = Set.of(
            "SHA-256",
            "HmacSHA256",
            "AES/GCM/NoPadding",
            "AES",
            "RSA",
            "SHA256withRSA",
            "RSASSA-PSS",
            "EC",
            "SHA256withECDSAinP1363Format");

    @Test
    @Tag("S-48")
    void areThoseThatStandardsApproveOf() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(each -> each.toString().endsWith(".java")).toList()) {
                ASKED.matcher(Files.readString(source))
                        .results()
                        .forEach(asked ->
                                NAME.matcher(asked.group()).results().forEach(name -> names.add(name.group(1))));
            }
        }

        assertThat(names).isEqualTo(APPROVED);
    }
}
