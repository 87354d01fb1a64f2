package dev.postern.it.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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
 * Connections to the database whose address the test has written into the settings of the application. The standard annotation could not
 * read it, because servers do not agree on how.
 *
 * <p>Safe for concurrent use.
 */
public final class StoreDataSource implements DataSource {

    /** The setting with the address. */
    public static final String URL = "it.store.url";

    private static final String SETTINGS = "META-INF/microprofile-config.properties";

    private final String url = url();
    private final Driver driver = driver();
    private volatile String owner = "sa";

    private static String url() {
        Properties settings = new Properties();
        try (InputStream in = StoreDataSource.class.getClassLoader().getResourceAsStream(SETTINGS)) {
            settings.load(Optional.ofNullable(in).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.ofNullable(settings.getProperty(URL)).orElseThrow();
    }

    /** The server may have drivers that cannot be loaded here. */
    private static Driver driver() {
        return ServiceLoader.load(Driver.class, StoreDataSource.class.getClassLoader()).stream()
                .filter(provider -> provider.type().getName().startsWith("org.h2."))
                .findFirst()
                .orElseThrow()
                .get();
    }

    /** Sets the name under which the nodes connect. WildFly takes no data source without a property. */
    public void setOwner(String owner) {
        this.owner = owner;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", owner);
        user.setProperty("password", "");
        return driver.connect(url, user);
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
