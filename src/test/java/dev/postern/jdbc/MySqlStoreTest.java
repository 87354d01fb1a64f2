package dev.postern.jdbc;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The store in a MySQL, by the driver of its makers, where its programs run. */
@Tag("long")
@EnabledIf("dev.postern.jdbc.MySqlServer#isThere")
class MySqlStoreTest extends MySqlStoreContract {

    @Override
    MySqlDatabases databases() {
        return MySqlServer.databases();
    }
}
