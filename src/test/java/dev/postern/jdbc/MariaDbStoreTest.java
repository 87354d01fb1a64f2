package dev.postern.jdbc;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The store in a MariaDB, where the system has one. */
@Tag("long")
@EnabledIf("dev.postern.jdbc.MariaDbServer#isThere")
class MariaDbStoreTest extends MySqlStoreContract {

    @Override
    MySqlDatabases databases() {
        return MariaDbServer.databases();
    }
}
