package dev.postern.it;

import dev.postern.it.store.StoreDataSource;
import dev.postern.it.store.StoreDefinition;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.Driver;
import org.h2.tools.Server;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The database of the nodes' sessions: H2 in the memory of this JVM, which outlives them. It can stand still.
 *
 * <p>For one thread.
 */
final class StoreServer implements AfterAllCallback {

    private static final String KEY = "U3RvcmVkU2Vzc2lvbnNPdXRsaXZlQWxsTm9kZXMhISE=";
    private static final String INDEX = "QW5kVGhlaXJVc2Vyc0tlZXBUaGVpckhhbmRsZXMuLi4=";
    private static final String NAME = "mem:store";

    private final Connection keepsTheDataAlive;
    private final Server server;

    StoreServer() {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        try {
            keepsTheDataAlive = DriverManager.getConnection("jdbc:h2:" + NAME, "sa", "");
            server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The application with its driver, the keys, and the settings that name the database. */
    TestWar in(TestWar war) {
        return war.with(StoreDefinition.class.getPackage())
                .library(driver())
                .setting(StoreDataSource.URL, "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + NAME)
                .setting("postern.store.data-source", StoreDefinition.NAME)
                .setting("postern.store.create-tables", "true")
                .setting("postern.store.history", "P1D")
                .setting("postern.keys", "1:" + KEY)
                .setting("postern.keys.index", INDEX);
    }

    private static Path driver() {
        try {
            return Path.of(Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many sessions the history has that ended for this reason. */
    int endedAs(String reason) {
        try (PreparedStatement statement =
                keepsTheDataAlive.prepareStatement("select count(*) from postern_history where reason = ?")) {
            statement.setString(1, reason);
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers nothing from now on. */
    void freeze() {
        execute("set exclusive 1");
    }

    /** Answers again, also what it was asked meanwhile. */
    void thaw() {
        execute("set exclusive 0");
    }

    private void execute(String sql) {
        try (Statement statement = keepsTheDataAlive.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        server.stop();
        keepsTheDataAlive.close();
    }
}
