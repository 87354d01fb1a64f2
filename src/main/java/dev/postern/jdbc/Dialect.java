package dev.postern.jdbc;

import dev.postern.PosternException;
import java.util.Collections;

/**
 * What a database has in a form of its own: the script of the tables, and the statements that are not the same
 * everywhere.
 *
 * <p>Immutable.
 *
 * @param script the file with the tables, in {@code server-config/database} and in this package
 * @param end writes tombstones: each is inserted, or replaces what is there
 * @param write writes living rows: each is inserted, or replaces a living one that has no later stamp
 * @param remember writes what the history says of sessions, unless it says something of them already
 * @param forgetRows deletes some of the rows that expired before a time, by the database's own clock too
 * @param forgetHistory deletes some of the sessions of the history that expired before a time, likewise
 * @param weakness finds the setting by which the database confirms what it may lose; no row if there is none
 * @param hasQueryTimeout whether statements are given a time. MySQL's driver would start a thread for that, which keeps
 *     the class loader of the application
 */
record Dialect(
        String script,
        Insert end,
        Insert write,
        Insert remember,
        String forgetRows,
        String forgetHistory,
        String weakness,
        boolean hasQueryTimeout) {

    /**
     * A statement that inserts rows.
     *
     * <p>Immutable.
     *
     * @param values the places of one row
     * @param after what follows them
     */
    record Insert(String before, String values, String after) {

        /** The statement for so many rows, of which no two have one key. */
        String text(int rows) {
            return before + String.join(", ", Collections.nCopies(rows, values)) + after;
        }
    }

    private static final String PLACES = "(?, ?, ?, ?, ?, ?, ?)";
    private static final String ROW_COLUMNS = "(namespace, row_key, user_handle, kind, stamp, expires, bytes)";
    private static final String PAST_COLUMNS =
            "(namespace, user_handle, session_handle, begun, ended, reason, expires)";
    private static final String INSERT = "INSERT INTO postern_row " + ROW_COLUMNS + " VALUES ";
    private static final String INSERT_PAST = "INSERT INTO postern_history " + PAST_COLUMNS + " VALUES ";

    /** Inserts one row, and fails if there is one. */
    static final String INSERT_ONE = INSERT + PLACES;

    private static final String ON_CONFLICT = """

            ON CONFLICT (namespace, row_key) DO UPDATE
            SET kind = excluded.kind, stamp = excluded.stamp, expires = excluded.expires, bytes = excluded.bytes
            """;

    private static final String POSTGRESQL_DELETE = """
            DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s
                WHERE expires < LEAST(?, CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT))
                ORDER BY expires LIMIT ? FOR UPDATE SKIP LOCKED))
            """;

    /** PostgreSQL 9.5 or later. */
    static final Dialect POSTGRESQL = new Dialect(
            "postgresql.sql",
            new Insert(INSERT, PLACES, ON_CONFLICT),
            new Insert(
                    INSERT,
                    PLACES,
                    ON_CONFLICT + "WHERE postern_row.kind = 'A' AND postern_row.stamp <= excluded.stamp"),
            new Insert(INSERT_PAST, PLACES, " ON CONFLICT DO NOTHING"),
            POSTGRESQL_DELETE.formatted("postern_row"),
            POSTGRESQL_DELETE.formatted("postern_history"),
            "SELECT name || '=' || setting FROM pg_settings WHERE name = 'synchronous_commit' AND setting = 'off'",
            true);

    private static final String MYSQL_DELETE = """
            DELETE FROM %s WHERE expires < LEAST(?, UNIX_TIMESTAMP() * 1000) ORDER BY expires LIMIT ?
            """;

    /** MySQL 8 and MariaDB. They assign from left to right, so what a condition reads is assigned last. */
    static final Dialect MYSQL = new Dialect(
            "mysql.sql",
            new Insert(INSERT, PLACES, """

                    ON DUPLICATE KEY UPDATE
                    kind = VALUES(kind), stamp = VALUES(stamp), expires = VALUES(expires), bytes = VALUES(bytes)
                    """),
            new Insert(INSERT, PLACES, """

                    ON DUPLICATE KEY UPDATE
                    expires = IF(kind = 'A' AND stamp <= VALUES(stamp), VALUES(expires), expires),
                    bytes = IF(kind = 'A' AND stamp <= VALUES(stamp), VALUES(bytes), bytes),
                    stamp = IF(kind = 'A' AND stamp <= VALUES(stamp), VALUES(stamp), stamp)
                    """),
            new Insert(INSERT_PAST, PLACES, " ON DUPLICATE KEY UPDATE reason = reason"),
            MYSQL_DELETE.formatted("postern_row"),
            MYSQL_DELETE.formatted("postern_history"),
            """
            SELECT CONCAT('innodb_flush_log_at_trx_commit=', @@GLOBAL.innodb_flush_log_at_trx_commit) FROM DUAL
            WHERE @@GLOBAL.innodb_flush_log_at_trx_commit <> 1
            """,
            false);

    private static final String H2_MERGE = "MERGE INTO postern_row present USING (VALUES ";

    private static final String H2_PLACES = """
            (CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(128)), CAST(? AS VARCHAR(22)), CAST(? AS CHAR(1)),
            CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS VARBINARY(1000000)))
            """;

    private static final String H2_AFTER = """
            ) next %1$s
            ON (present.namespace = next.namespace AND present.row_key = next.row_key)
            WHEN MATCHED %2$s THEN UPDATE
                SET kind = next.kind, stamp = next.stamp, expires = next.expires, bytes = next.bytes
            WHEN NOT MATCHED THEN INSERT %1$s VALUES (next.namespace, next.row_key, next.user_handle, next.kind,
                next.stamp, next.expires, next.bytes)
            """;

    private static final Insert H2_REMEMBER =
            new Insert("MERGE INTO postern_history present USING (VALUES ", """
            (CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(22)), CAST(? AS VARCHAR(22)), CAST(? AS BIGINT),
            CAST(? AS BIGINT), CAST(? AS VARCHAR(32)), CAST(? AS BIGINT))
            """, """
            ) next %1$s
            ON (present.namespace = next.namespace AND present.user_handle = next.user_handle
                AND present.session_handle = next.session_handle)
            WHEN NOT MATCHED THEN INSERT %1$s VALUES (next.namespace, next.user_handle, next.session_handle,
                next.begun, next.ended, next.reason, next.expires)
            """.formatted(PAST_COLUMNS));

    private static final String H2_DELETE = """
            DELETE FROM %s WHERE expires < LEAST(?, CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT))
            FETCH FIRST ? ROWS ONLY
            """;

    /** H2 2.0 or later. */
    static final Dialect H2 = new Dialect(
            "h2.sql",
            new Insert(H2_MERGE, H2_PLACES, H2_AFTER.formatted(ROW_COLUMNS, "")),
            new Insert(
                    H2_MERGE,
                    H2_PLACES,
                    H2_AFTER.formatted(ROW_COLUMNS, "AND present.kind = 'A' AND present.stamp <= next.stamp")),
            H2_REMEMBER,
            H2_DELETE.formatted("postern_row"),
            H2_DELETE.formatted("postern_history"),
            """
            SELECT 'WRITE_DELAY, which is not 0' WHERE NOT EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.SETTINGS
                WHERE SETTING_NAME = 'WRITE_DELAY' AND SETTING_VALUE = '0')
            """,
            true);

    /**
     * The dialect of the product that a driver names.
     *
     * @throws PosternException if this version knows none
     */
    static Dialect of(String product) {
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "MySQL", "MariaDB" -> MYSQL;
            case "H2" -> H2;
            default ->
                throw new PosternException("The data source of postern.store.data-source leads to " + product
                        + ", and the store knows PostgreSQL, MySQL, MariaDB and H2 alone.");
        };
    }
}
