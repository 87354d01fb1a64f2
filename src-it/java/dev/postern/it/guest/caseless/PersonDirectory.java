package dev.postern.it.guest.caseless;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.identitystore.DatabaseIdentityStoreDefinition;

/** The standard identity store over the table that {@link Registrar} fills. Immutable. */
@ApplicationScoped
@DatabaseIdentityStoreDefinition(
        dataSourceLookup = PersonDirectory.DATABASE,
        callerQuery = "select password from person where name = ?",
        groupsQuery = "select role from person where name = ?",
        hashAlgorithm = NoHash.class)
public class PersonDirectory {

    /** The server's own H2. */
    static final String DATABASE = "java:comp/DefaultDataSource";
}
