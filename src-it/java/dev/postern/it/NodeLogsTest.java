package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.TestSessions;
import dev.postern.testing.Confidential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a token in a log of a node is found. */
@Tag("G23")
class NodeLogsTest {

    private final String token = new TestSessions().begin("ann").token().reveal();
    private final Confidential secrets = new Confidential();

    @TempDir
    private Path servers = Path.of("");

    @BeforeEach
    void nodesHaveLogged() throws IOException {
        secrets.addToken(token);
        secrets.addPassword("clerk-pw");
        log("payara-node-a/server.log.0");
        log("payara-node-b/server.log");
        log("payara-cluster-0/server.log");
        log("wildfly-node-a/log/server.log");
        log("wildfly-cluster-2/log/server.log.2026-11-01");
        log("wildfly-39/standalone/log/server.log");
        log("hazelcast.jar");
    }

    @Test
    void areThoseOfTheServersOwnNodes() throws IOException {
        assertThat(payara().files())
                .map(servers::relativize)
                .map(Path::toString)
                .containsExactly(
                        "payara-cluster-0/server.log", "payara-node-a/server.log.0", "payara-node-b/server.log");
        assertThat(wildfly().files())
                .map(servers::relativize)
                .map(Path::toString)
                .containsExactly("wildfly-cluster-2/log/server.log.2026-11-01", "wildfly-node-a/log/server.log");
    }

    @Test
    void tellNoSecretAsLongAsNobodyHasLoggedOne() throws IOException {
        assertThat(payara().leaks(secrets)).isEmpty();
        assertThat(wildfly().leaks(secrets)).isEmpty();
    }

    @Test
    void tellOfATokenAndOfAPasswordThatWereLogged() throws IOException {
        append("wildfly-node-a/log/server.log", "TRACE [io.undertow] Cookie: __Host-postern=" + token + "\n");
        append("payara-node-a/server.log.0", "username=clerk&password=clerk-pw\nand again: clerk-pw\n");

        assertThat(wildfly().leaks(secrets)).singleElement().asString().startsWith("server.log: A token");
        assertThat(payara().leaks(secrets)).hasSize(2).allMatch(leak -> leak.startsWith("server.log.0: A password"));
    }

    @Test
    void areReadWhateverTheyAreMadeOf() throws IOException {
        Files.write(servers.resolve("payara-node-b/server.log"), new byte[] {(byte) 0xC3, '\n', 'o', 'k', '\n'});

        assertThat(payara().nodesWithLine("ok"::equals)).containsExactly("node-b");
        assertThat(payara().nodesWithLine("ko"::equals)).isEmpty();
    }

    @Test
    void sayWhichNodeTheyAreOf() throws IOException {
        assertThat(payara().nodes()).containsExactly("cluster-0", "node-a", "node-b");
        assertThat(wildfly().nodes()).containsExactly("cluster-2", "node-a");
    }

    private NodeLogs payara() {
        return new NodeLogs(servers, "payara");
    }

    private NodeLogs wildfly() {
        return new NodeLogs(servers, "wildfly");
    }

    private void log(String file) throws IOException {
        Files.createDirectories(servers.resolve(file).getParent());
        Files.writeString(servers.resolve(file), "INFO: session_created: Created[handle=h, user=clerk]\n");
    }

    private void append(String file, String line) throws IOException {
        Files.writeString(servers.resolve(file), line, StandardOpenOption.APPEND);
    }
}
