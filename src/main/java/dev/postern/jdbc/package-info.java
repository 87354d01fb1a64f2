/**
 * The adapter to a database: keeps the rows of sessions when all nodes stop, and the only package that knows JDBC.
 *
 * <p>{@link dev.postern.jdbc.JdbcStore} is the way in, and {@link dev.postern.jdbc.DataSources} finds what it needs.
 * Only {@code cdi} uses them. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.jdbc;

import org.jspecify.annotations.NullMarked;
