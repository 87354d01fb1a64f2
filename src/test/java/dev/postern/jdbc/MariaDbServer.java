package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One MariaDB for all tests of a JVM, which ends with it: its programs are those of the system. Or a MariaDB that runs
 * already, at the address in the system property {@code test.mariadb}.
 *
 * <p>Safe for concurrent use.
 */
final class MariaDbServer {

    private static final String ADDRESS = "test.mariadb";
    private static final String DRIVER = "jdbc:mariadb:";

    private MariaDbServer() {}

    /** Begins with its first use. */
    private static final class Shared {

        private static final MySqlDatabases DATABASES =
                System.getProperty(ADDRESS) == null ? started() : MySqlDatabases.running(DRIVER, ADDRESS);
    }

    static MySqlDatabases databases() {
        return Shared.DATABASES;
    }

    /** Whether a server was named, or the system has the programs. */
    static boolean isThere() {
        return System.getProperty(ADDRESS) != null
                || Stream.of("mariadbd", "mariadb-install-db", "my_print_defaults")
                        .allMatch(name -> program(name).findFirst().isPresent());
    }

    private static MySqlDatabases started() {
        try {
            Path folder = Files.createTempDirectory("mariadb");
            DatabaseProcess install = new DatabaseProcess(
                    folder,
                    program("mariadb-install-db").findFirst().orElseThrow(),
                    "--no-defaults",
                    "--auth-root-authentication-method=normal",
                    "--datadir=" + folder.resolve("data"),
                    DatabaseProcess.user());
            assertThat(install.run()).isZero();
            int port = FreePorts.next();
            DatabaseProcess server = new DatabaseProcess(
                    folder,
                    program("mariadbd").findFirst().orElseThrow(),
                    "--no-defaults",
                    "--datadir=" + folder.resolve("data"),
                    "--socket=" + folder.resolve("socket"),
                    "--bind-address=127.0.0.1",
                    "--skip-name-resolve",
                    "--port=" + port,
                    DatabaseProcess.user());
            return server.start(DRIVER + "//127.0.0.1:" + port);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> program(String name) {
        String folders = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(folders)
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }
}
