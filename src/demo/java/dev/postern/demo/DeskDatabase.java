package dev.postern.demo;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The desk's H2 database, which the launcher serves to all nodes. The system property {@code desk.database} is its URL;
 * the standard annotation could not read it, because servers do not agree on how to put a property into a URL. Without
 * it a node has a database of its own, in memory.
 *
 * <p>The server pools these connections (see {@link Accounts}). Safe for concurrent use.
 */
public final class DeskDatabase implements DataSource {

    static final String NAME = "java:app/jdbc/desk";

    private static final String URL = System.getProperty("desk.database", "jdbc:h2:mem:desk;DB_CLOSE_DELAY=-1");

    private final Driver driver = ServiceLoader.load(Driver.class, DeskDatabase.class.getClassLoader()).stream()
            .filter(provider -> provider.type().getName().startsWith("org.h2."))
            .findFirst()
            .orElseThrow()
            .get();

    private volatile String owner = "desk";

    /** Sets the name under which the nodes connect. WildFly takes no data source without a property. */
    public void setOwner(String owner) {
        this.owner = owner;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", owner);
        user.setProperty(
                "password",
                Optional.ofNullable(System.getenv("DESK_DATABASE_PASSWORD")).orElse(""));
        return driver.connect(URL, user);
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
