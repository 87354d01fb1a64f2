package dev.postern.jdbc;

import java.lang.reflect.Proxy;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The databases that tests make in a MariaDB or MySQL, and a user of theirs.
 *
 * <p>Safe for concurrent use.
 */
final class MySqlDatabases {

    private static final String READER = "postern_reader";

    private final String url;
    private final Login owner;
    private final boolean areDropped;
    private final Login reader = new Login(READER, "Reader-" + UUID.randomUUID());
    private volatile String common = "";

    /** A user of the server. */
    record Login(String user, String password) {}

    /**
     * Makes nothing yet.
     *
     * @param url of the server, in the words of its driver and without a database
     * @param owner may make databases and users
     * @param areDropped whether the databases go when the JVM ends, because the server does not
     */
    MySqlDatabases(String url, Login owner, boolean areDropped) {
        this.url = url;
        this.owner = owner;
        this.areDropped = areDropped;
    }

    /**
     * In a server that runs already, if the system property {@code property} is its address, such as {@code
     * //localhost:3306}. With {@code .user} and {@code .password} it names a user, or else it is root without one.
     */
    static MySqlDatabases running(String driver, String property) {
        return new MySqlDatabases(
                driver + System.getProperty(property),
                new Login(
                        System.getProperty(property + ".user", "root"), System.getProperty(property + ".password", "")),
                true);
    }

    boolean answer() {
        try {
            JdbcStoreContract.execute(source("", owner), "SELECT 1");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Always the same database, by its name. */
    synchronized String common() {
        if (common.isEmpty()) {
            common = next();
        }
        return common;
    }

    /** A database that no other test has, by its name. */
    String next() {
        String name = "postern_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name);
        if (areDropped) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> execute("DROP DATABASE " + name)));
        }
        return name;
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
        String address = url + "/" + database + "?allowPublicKeyRetrieval=true"; // for a MySQL without TLS
        return (DataSource) Proxy.newProxyInstance(
                MySqlDatabases.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (source, method, arguments) -> DriverManager.getConnection(address, login.user(), login.password()));
    }
}
