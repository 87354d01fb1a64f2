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
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * One MariaDB for all tests of a JVM, which ends with it: its programs are those of the system. Or a MariaDB or MySQL
 * that runs already, in which the tests make databases of their own, and a user. The system property {@code
 * test.mariadb} is its address, as {@code //localhost:3306}; {@code test.mariadb.user} and {@code
 * test.mariadb.password} are a user that may do so.
 *
 * <p>Safe for concurrent use.
 */
final class MariaDbServer {

    private static final String ADDRESS = "test.mariadb";
    private static final String READER = "postern_reader";

    private final String address;
    private final Login owner;
    private final Login reader = new Login(READER, "Reader-" + UUID.randomUUID());

    private MariaDbServer(String address, Login owner) {
        this.address = address;
        this.owner = owner;
    }

    private record Login(String user, String password) {}

    /** Begins with its first use. */
    private static final class Shared {

        private static final MariaDbServer SERVER =
                System.getProperty(ADDRESS) == null ? started() : running(System.getProperty(ADDRESS, ""));
    }

    static MariaDbServer shared() {
        return Shared.SERVER;
    }

    /** Whether a server was named, or the system has the programs. */
    static boolean isThere() {
        return System.getProperty(ADDRESS) != null
                || Stream.of("mariadbd", "mariadb-install-db")
                        .allMatch(name -> program(name).findFirst().isPresent());
    }

    private static MariaDbServer running(String address) {
        return new MariaDbServer(
                address,
                new Login(
                        System.getProperty(ADDRESS + ".user", "root"), System.getProperty(ADDRESS + ".password", "")));
    }

    private static MariaDbServer started() {
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
            MariaDbServer started = new MariaDbServer("//127.0.0.1:" + FreePorts.next(), new Login("root", ""));
            Process server = process(
                    folder,
                    "mariadbd",
                    "--no-defaults",
                    "--datadir=" + folder.resolve("data"),
                    "--socket=" + folder.resolve("socket"),
                    "--bind-address=127.0.0.1",
                    "--skip-name-resolve",
                    "--port=" + started.address.replaceFirst(".*:", ""),
                    user);
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
            assertThat(JdbcStoreContract.isTrueSoon(() -> server.isAlive() && started.answers()))
                    .as("the server of %s", folder)
                    .isTrue();
            return started;
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
            JdbcStoreContract.execute(source("", owner), "SELECT 1");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** A database that no other test has, by its name. It goes when the JVM ends. */
    String newDatabase() {
        String name = "postern_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drop(name)));
        return name;
    }

    /** A server that the tests have started may have ended by then. */
    private void drop(String database) {
        if (answers()) {
            execute("DROP DATABASE " + database);
        }
    }

    DataSource source(String database) {
        return source(database, owner);
    }

    /** The same database, by a user that may only read. */
    DataSource readOnly(String database) {
        List.of(
                        "CREATE USER IF NOT EXISTS " + READER,
                        "ALTER USER " + READER + " IDENTIFIED BY '" + reader.password() + "'",
                        "GRANT SELECT ON " + database + ".* TO " + READER)
                .forEach(this::execute);
        return source(database, reader);
    }

    private void execute(String sql) {
        try {
            JdbcStoreContract.execute(source("", owner), sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource source(String database, Login login) {
        String url = "jdbc:mariadb:" + address + "/" + database + "?allowPublicKeyRetrieval=true"; // MySQL
        return (DataSource) Proxy.newProxyInstance(
                MariaDbServer.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (source, method, arguments) -> DriverManager.getConnection(url, login.user(), login.password()));
    }
}
