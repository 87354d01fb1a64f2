package dev.postern.it.guest.caseless;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.identitystore.DatabaseIdentityStoreDefinition;

/** The standard identity store over the table that {@link Registrar} fills. Immutable. */
@ApplicationScoped
@DatabaseIdentityStoreDefinition(
        dataSourceLookup = Directory.DATABASE,
        callerQuery = "select password from person where name = ?",
        groupsQuery = "select role from person where name = ?",
        hashAlgorithm = NoHash.class)
public class Directory {

    /** The server's own H2. */
    static final String DATABASE = "java:comp/DefaultDataSource";
}
