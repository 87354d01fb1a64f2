package dev.postern.jdbc;

import java.sql.SQLException;
import java.util.Set;

/**
 * What the five letters mean that databases give with an error. The standard defines most of them; others are
 * PostgreSQL's ({@code 42P01}, {@code 42703}), or H2's (those from {@code 42S03} on).
 *
 * <p>Immutable.
 */
final class SqlState {

    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");
    private static final Set<String> NO_COLUMN = Set.of("42703", "42S22");

    private SqlState() {}

    /** The state of the error; an empty text if it has none. */
    static String of(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    static boolean isNoTable(SQLException e) {
        return NO_TABLE.contains(of(e));
    }

    static boolean isNoColumn(SQLException e) {
        return NO_COLUMN.contains(of(e));
    }
}
