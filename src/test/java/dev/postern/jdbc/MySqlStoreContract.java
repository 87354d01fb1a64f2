package dev.postern.jdbc;

import java.sql.SQLException;
import javax.sql.DataSource;

/** What MariaDB and MySQL have in common. */
abstract class MySqlStoreContract extends JdbcStoreContract {

    abstract MySqlDatabases databases();

    @Override
    DataSource database() {
        return databases().source(databases().common());
    }

    @Override
    DataSource emptyDatabase() {
        return databases().source(databases().next());
    }

    @Override
    DataSource readOnly() {
        return databases().readOnly(databases().common());
    }

    @Override
    DataSource readOnlyAndEmpty() {
        return databases().readOnly(databases().next());
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
    boolean cancelsStatements() {
        return false;
    }
}
