package dev.postern.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The desk's H2 database: one file for all nodes on this machine, served to the others by the node that opened it.
 *
 * <p>The server pools these connections (see {@link Accounts}). The system property {@code desk.database} moves
 * the file; the standard annotation could not: the servers do not agree on how to put a property into a URL.
 *
 * <p>Safe for concurrent use.
 */
public final class DeskDatabase implements DataSource {

    static final String NAME = "java:app/jdbc/desk";

    private static final String FILE = System.getProperty(
            "desk.database",
            Path.of(System.getProperty("java.io.tmpdir"), "postern-demo", "desk")
                    .toString());

    private final Driver driver = ServiceLoader.load(Driver.class, DeskDatabase.class.getClassLoader()).stream()
            .filter(provider -> provider.type().getName().startsWith("org.h2."))
            .findFirst()
            .orElseThrow()
            .get();

    private volatile String options = "";

    /** Sets what is appended to the URL. WildFly takes no data source without a property. */
    public void setOptions(String options) {
        this.options = options;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", "desk");
        return driver.connect("jdbc:h2:file:" + FILE + ";" + options, user);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return new PrintWriter(PrintWriter.nullWriter());
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!isWrapperFor(type)) {
            throw new SQLException("not a wrapper for " + type.getName());
        }
        return type.cast(this);
    }
}
