package dev.postern.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;

/**
 * What the five letters mean that databases give with an error. The standard defines most of them; others are
 * PostgreSQL's (those with a P, and {@code 42703}), or H2's ({@code 42S03}, {@code 42S04}, and those of five digits).
 *
 * <p>Immutable.
 */
final class SqlState {

    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");
    private static final Set<String> NO_COLUMN = Set.of("42703", "42S22");

    /** H2: the connection is broken, the database is closed, the database is closing. */
    private static final Set<String> DEAD_IN_H2 = Set.of("90067", "90098", "90121");

    /** A statement was given up in PostgreSQL and H2, in MySQL, or by a driver. */
    private static final Set<String> TIMES_OUT = Set.of("57014", "70100", "HYT");

    private SqlState() {}

    /** The state of the error; an empty text if it has none. */
    static String of(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** A row of this key is there already. */
    static boolean isDuplicate(SQLException e) {
        return of(e).startsWith("23");
    }

    /** A deadlock, a transaction that could not be serialized, or a row that another call has just inserted. */
    static boolean isLostRace(SQLException e) {
        return of(e).startsWith("40") || of(e).equals("90131") || isDuplicate(e);
    }

    /** The connection is dead: the database was restarted, or an administrator has ended it. */
    static boolean isDeadConnection(SQLException e) {
        return of(e).startsWith("08") || of(e).startsWith("57P0") || DEAD_IN_H2.contains(of(e));
    }

    /** The database has answered, and does not do what it was asked: no time-out, and no dead connection. */
    static boolean isRefusal(SQLException e) {
        return !of(e).isEmpty()
                && !isDeadConnection(e)
                && !(e instanceof SQLTimeoutException)
                && TIMES_OUT.stream().noneMatch(of(e)::startsWith);
    }

    static boolean isNoTable(SQLException e) {
        return NO_TABLE.contains(of(e));
    }

    static boolean isNoColumn(SQLException e) {
        return NO_COLUMN.contains(of(e));
    }
}
