/** Tests of the adapter to a database: with H2 in this JVM, and with a PostgreSQL that the tests start. */
@NullMarked
package dev.postern.jdbc;

import org.jspecify.annotations.NullMarked;
