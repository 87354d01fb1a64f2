package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;

/**
 * One MySQL 8 for all tests of a JVM, which ends with it: its programs come from a registry. Or a MySQL that runs
 * already, at the address in the system property {@code test.mysql}.
 *
 * <p>Safe for concurrent use.
 */
final class MySqlServer {

    private static final String ADDRESS = "test.mysql";
    private static final String DRIVER = "jdbc:mysql:";
    private static final String PROGRAMS = "/mysql-Linux-amd64.tar.gz";
    private static final Logger LOG = System.getLogger(MySqlServer.class.getName());

    private MySqlServer() {}

    /** Begins with its first use. */
    private static final class Shared {

        private static final MySqlDatabases DATABASES =
                System.getProperty(ADDRESS) == null ? started() : MySqlDatabases.running(DRIVER, ADDRESS);
    }

    /** Unpacked with the first use, and there if they run: they need Linux on x86-64, and libaio. */
    private static final class Programs {

        private static final Optional<Path> FOLDER = unpacked();
    }

    static MySqlDatabases databases() {
        return Shared.DATABASES;
    }

    /** Whether there is the driver, and a server was named or the programs run here. */
    static boolean isThere() {
        return DriverManager.drivers()
                        .anyMatch(driver -> driver.getClass().getName().startsWith("com.mysql."))
                && (System.getProperty(ADDRESS) != null || Programs.FOLDER.isPresent());
    }

    private static Optional<Path> unpacked() {
        try (InputStream programs = MySqlServer.class.getResourceAsStream(PROGRAMS)) {
            if (programs == null) {
                return Optional.empty();
            }
            Path folder = Files.createTempDirectory("mysql");
            Path packed = folder.resolve("programs.tar.gz");
            Files.copy(programs, packed);
            boolean runs =
                    new DatabaseProcess(folder, Path.of("tar"), "xzf", packed.toString(), "-C", folder.toString()).run()
                                    == 0
                            && new DatabaseProcess(folder, server(folder), "--version").run() == 0;
            Files.delete(packed);
            if (!runs) {
                throw new IOException("tar or mysqld failed: see " + folder);
            }
            return Optional.of(folder);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "MySQL does not run on this machine, so its tests are left out.", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path server(Path folder) {
        return folder.resolve("bin").resolve("mysqld");
    }

    private static MySqlDatabases started() {
        try {
            Path folder = Programs.FOLDER.orElseThrow();
            String data = "--datadir=" + folder.resolve("data");
            DatabaseProcess install = new DatabaseProcess(
                    folder, server(folder), "--no-defaults", "--initialize-insecure", data, DatabaseProcess.user());
            assertThat(install.run()).isZero();
            int port = FreePorts.next();
            DatabaseProcess server = new DatabaseProcess(
                    folder,
                    server(folder),
                    "--no-defaults",
                    data,
                    "--socket=" + folder.resolve("socket"),
                    "--mysqlx=OFF",
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    DatabaseProcess.user());
            return server.start(DRIVER + "//127.0.0.1:" + port);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
