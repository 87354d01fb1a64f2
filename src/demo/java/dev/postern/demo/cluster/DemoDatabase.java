package dev.postern.demo.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.h2.tools.Server;

/**
 * The database of accounts and orders. It is in the memory of the launcher, so that it outlives each node, and listens
 * on a free port of the loopback address. Its password is new for each run. Immutable.
 */
final class DemoDatabase {

    private static final String NAME = "mem:desk";

    private final Server server;
    private final Connection keepsTheDataAlive;
    private final String password;

    private DemoDatabase(Server server, Connection keepsTheDataAlive, String password) {
        this.server = server;
        this.keepsTheDataAlive = keepsTheDataAlive;
        this.password = password;
    }

    static DemoDatabase start() {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        String password = Secrets.random();
        try {
            Connection first = DriverManager.getConnection("jdbc:h2:" + NAME, "desk", password);
            return new DemoDatabase(
                    Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start(), first, password);
        } catch (SQLException e) {
            throw new DemoException("the database did not start: " + e.getMessage());
        }
    }

    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + NAME;
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
