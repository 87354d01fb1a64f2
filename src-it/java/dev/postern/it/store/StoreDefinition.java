package dev.postern.it.store;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;

/** The database that keeps sessions, as a data source of the application, which the server pools. */
@ApplicationScoped
@DataSourceDefinition(
        name = StoreDefinition.NAME,
        className = "dev.postern.it.store.StoreDataSource",
        minPoolSize = 1,
        maxPoolSize = 10,
        properties = "owner=sa")
public class StoreDefinition {

    public static final String NAME = "java:app/jdbc/store";
}
