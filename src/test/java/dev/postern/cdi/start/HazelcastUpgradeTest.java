package dev.postern.cdi.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import dev.postern.Ending;
import dev.postern.session.token.Token;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All nodes stop, and start again with a newer Hazelcast. This JVM has the oldest that a server may impose, and another one the
 * newest: members of the two form no cluster.
 */
@Tag("P-32")
class HazelcastUpgradeTest {

    private static final String NEWEST = System.getProperty("test.hazelcast.newest", "");

    @Test
    void sessionsAndTheirEndsSurviveIt(@TempDir Path directory) throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("shop") + ";WRITE_DELAY=0";
        Token goesOn;
        Token signedOut;
        Token revoked;
        try (UpgradedNode old = new UpgradedNode(url)) {
            goesOn = old.node.signIn("ann");
            signedOut = old.node.signIn("ann");
            revoked = old.node.signIn("bob");
            old.node.keeper.end(signedOut, Ending.SIGNED_OUT);
            old.node.keeper.userSessions().endAll("bob");
            assertThat(UpgradedNode.seen(
                            old, Stream.of(goesOn, signedOut, revoked).map(Token::reveal)))
                    .isEqualTo(System.getProperty("test.hazelcast") + " Live Over Over");
        }

        String seen = seenByTheNewest(url, goesOn, signedOut, revoked);

        assertThat(Path.of(NEWEST).getFileName().toString()).isEqualTo("hazelcast-" + seen.split(" ", 2)[0] + ".jar");
        assertThat(seen).endsWith(" Live Over Over");
    }

    private static String seenByTheNewest(String url, Token... tokens)
            throws IOException, InterruptedException, URISyntaxException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Djava.net.preferIPv4Stack=true",
                                "-Dhazelcast.phone.home.enabled=false",
                                "-cp",
                                newestClassPath(),
                                UpgradedNode.class.getName(),
                                url),
                        Stream.of(tokens).map(Token::reveal))
                .toList();
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return answer;
    }

    private static String newestClassPath() throws URISyntaxException {
        Path oldest = Path.of(HazelcastInstance.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Stream.concat(
                        Stream.of(NEWEST),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> !Path.of(entry).equals(oldest)))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
