package dev.postern.demo.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.h2.tools.Server;

/**
 * The database of accounts and orders. It is in the memory of the launcher, so that it outlives each node, or in a
 * file, so that it outlives the launcher too. It listens on a free port of the loopback address. Immutable.
 */
final class DemoDatabase {

    private static final String IN_MEMORY = "mem:desk";

    private final Server server;
    private final String name;
    private final Connection keepsTheDataAlive;
    private final String password;

    private DemoDatabase(Server server, String name, Connection keepsTheDataAlive, String password) {
        this.server = server;
        this.name = name;
        this.keepsTheDataAlive = keepsTheDataAlive;
        this.password = password;
    }

    /** In memory, with a password that is new for each run. */
    static DemoDatabase start() {
        return start(IN_MEMORY, Secrets.random());
    }

    /** In a file of the store. It is closed when the nodes have stopped, and not as soon as the launcher is told to. */
    static DemoDatabase start(DemoStore store) {
        return start(store.directory().resolve("desk") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0", store.password());
    }

    private static DemoDatabase start(String name, String password) {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        try {
            Connection first = DriverManager.getConnection("jdbc:h2:" + name, "desk", password);
            return new DemoDatabase(
                    Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start(), name, first, password);
        } catch (SQLException e) {
            throw new DemoException("the database did not start: " + e.getMessage());
        }
    }

    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + name;
    }

    String password() {
        return password;
    }

    void stop() {
        try {
            keepsTheDataAlive.close();
        } catch (SQLException e) {
            System.err.println("The database did not close: " + e.getMessage());
        }
        server.stop();
    }
}
