package dev.postern.jdbc;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The store in a MariaDB, where the system has one. */
@Tag("long")
@EnabledIf("dev.postern.jdbc.MariaDbServer#isThere")
class MariaDbStoreTest extends JdbcStoreContract {

    private static String database = "";

    @BeforeAll
    static void makeDatabase() {
        database = MariaDbServer.shared().newDatabase();
    }

    @Override
    DataSource database() {
        return MariaDbServer.shared().source(database);
    }

    @Override
    DataSource emptyDatabase() {
        MariaDbServer server = MariaDbServer.shared();
        return server.source(server.newDatabase());
    }

    @Override
    DataSource readOnly() {
        return MariaDbServer.shared().readOnly(database);
    }

    @Override
    void gatherStatistics(DataSource of) throws SQLException {
        execute(of, "ANALYZE TABLE postern_row, postern_history");
    }

    @Override
    String scan() {
        return "[|](ALL|index)[|]";
    }

    @Override
    DataSource readOnlyAndEmpty() {
        MariaDbServer server = MariaDbServer.shared();
        return server.readOnly(server.newDatabase());
    }

    @Override
    boolean cancelsStatements() {
        return false;
    }
}
