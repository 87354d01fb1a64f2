package dev.postern.demo;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.identitystore.DatabaseIdentityStoreDefinition;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;

/** Who may sign in: the standard identity store over the tables that {@link DeskOpening} fills. Immutable. */
@ApplicationScoped
@DataSourceDefinition(name = DeskDatabase.NAME, className = "dev.postern.demo.DeskDatabase", properties = "owner=desk")
@DatabaseIdentityStoreDefinition(
        dataSourceLookup = DeskDatabase.NAME,
        callerQuery = "select password from account where name = ?",
        groupsQuery = "select role from account_role where name = ?",
        hashAlgorithm = Pbkdf2PasswordHash.class)
public class Accounts {}
