package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * One MariaDB for all tests of a JVM, which ends with it. Its programs are those of the system, if it has them.
 *
 * <p>Safe for concurrent use.
 */
final class MariaDbServer {

    private static final String READER = "reader";

    private final int port = FreePorts.next();
    private final AtomicInteger databases = new AtomicInteger();

    private MariaDbServer() {
        try {
            Path folder = Files.createTempDirectory("mariadb");
            String user = "--user=" + System.getProperty("user.name");
            Process install = process(
                    folder,
                    "mariadb-install-db",
                    "--no-defaults",
                    "--auth-root-authentication-method=normal",
                    "--datadir=" + folder.resolve("data"),
                    user);
            assertThat(install.waitFor()).isZero();
            Process server = process(
                    folder,
                    "mariadbd",
                    "--no-defaults",
                    "--datadir=" + folder.resolve("data"),
                    "--socket=" + folder.resolve("socket"),
                    "--bind-address=127.0.0.1",
                    "--skip-name-resolve",
                    "--port=" + port,
                    user);
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
            assertThat(JdbcStoreContract.isTrueSoon(() -> server.isAlive() && answers()))
                    .isTrue();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins with its first use. */
    private static final class Shared {

        private static final MariaDbServer SERVER = new MariaDbServer();
    }

    static MariaDbServer shared() {
        return Shared.SERVER;
    }

    /** Whether the system has the programs, and the build a driver. */
    static boolean isThere() {
        return Stream.of("mariadbd", "mariadb-install-db")
                        .allMatch(name -> program(name).findFirst().isPresent())
                && DriverManager.drivers()
                        .anyMatch(driver -> driver.getClass().getName().startsWith("org.mariadb."));
    }

    private static Stream<Path> program(String name) {
        String folders = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(folders)
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }

    private static Process process(Path folder, String program, String... arguments) throws IOException {
        return new ProcessBuilder(
                        Stream.concat(program(program).map(Path::toString).limit(1), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile())
                .start();
    }

    private boolean answers() {
        try {
            JdbcStoreContract.execute(source("", "root"), "SELECT 1");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** A database that no other test has, by its name. */
    String newDatabase() {
        String name = "test" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return name;
    }

    DataSource source(String database) {
        return source(database, "root");
    }

    /** The same database, by a user that may only read. */
    DataSource readOnly(String database) {
        List.of("CREATE USER IF NOT EXISTS " + READER, "GRANT SELECT ON " + database + ".* TO " + READER)
                .forEach(this::execute);
        return source(database, READER);
    }

    private void execute(String sql) {
        try {
            JdbcStoreContract.execute(source("", "root"), sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource source(String database, String user) {
        String url = "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
        return (DataSource) Proxy.newProxyInstance(
                MariaDbServer.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (source, method, arguments) -> DriverManager.getConnection(url, user, ""));
    }
}
