package dev.postern.jdbc;

import dev.postern.PosternException;

/**
 * What a database has in a form of its own: the script of the tables, and the statements that are not the same
 * everywhere.
 *
 * <p>Immutable.
 *
 * @param script the file with the tables, in {@code server-config/database} and in this package
 * @param end writes a tombstone: inserts the row, or replaces a living one
 * @param write writes a living row: inserts it, or replaces a living one that has no later stamp
 * @param remember writes what the history says of a session, unless it says something of it already
 * @param forgetRows deletes some of the rows that expired before a time
 * @param forgetHistory deletes some of the sessions of the history that expired before a time
 */
record Dialect(
        String script, String end, String write, String remember, String forgetRows, String forgetHistory) {

    private static final String INSERT = """
            INSERT INTO postern_row (namespace, row_key, user_handle, kind, stamp, expires, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_HISTORY = """
            INSERT INTO postern_history (namespace, user_handle, session_handle, begun, ended, reason, expires)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE_ON_CONFLICT = INSERT + """
            ON CONFLICT (namespace, row_key) DO UPDATE
            SET kind = excluded.kind, stamp = excluded.stamp, expires = excluded.expires, bytes = excluded.bytes
            """;

    private static final String POSTGRESQL_DELETE = """
            DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM %1$s WHERE expires < ? ORDER BY expires LIMIT ? FOR UPDATE SKIP LOCKED))
            """;

    /** PostgreSQL 9.5 or later. */
    static final Dialect POSTGRESQL = new Dialect(
            "postgresql.sql",
            UPDATE_ON_CONFLICT + "WHERE postern_row.kind <> 'R'",
            UPDATE_ON_CONFLICT + "WHERE postern_row.kind = 'A' AND postern_row.stamp <= excluded.stamp",
            INSERT_HISTORY + "ON CONFLICT DO NOTHING",
            POSTGRESQL_DELETE.formatted("postern_row"),
            POSTGRESQL_DELETE.formatted("postern_history"));

    private static final String MYSQL_DELETE = "DELETE FROM %s WHERE expires < ? ORDER BY expires LIMIT ?";

    /** MySQL 8 and MariaDB. They assign from left to right, so what a condition reads is assigned last. */
    static final Dialect MYSQL = new Dialect("mysql.sql", INSERT + """
            ON DUPLICATE KEY UPDATE
            stamp = IF(kind <> 'R', VALUES(stamp), stamp),
            expires = IF(kind <> 'R', VALUES(expires), expires),
            bytes = IF(kind <> 'R', VALUES(bytes), bytes),
            kind = IF(kind <> 'R', VALUES(kind), kind)
            """, INSERT + """
            ON DUPLICATE KEY UPDATE
            expires = IF(kind = 'A' AND stamp <= VALUES(stamp), VALUES(expires), expires),
            bytes = IF(kind = 'A' AND stamp <= VALUES(stamp), VALUES(bytes), bytes),
            stamp = IF(kind = 'A' AND stamp <= VALUES(stamp), VALUES(stamp), stamp)
            """, INSERT_HISTORY + """
            ON DUPLICATE KEY UPDATE reason = reason
            """, MYSQL_DELETE.formatted("postern_row"), MYSQL_DELETE.formatted("postern_history"));

    private static final String H2_MERGE = """
            MERGE INTO postern_row present USING (VALUES (CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(128)),
                CAST(? AS VARCHAR(22)), CAST(? AS CHAR(1)), CAST(? AS BIGINT), CAST(? AS BIGINT),
                CAST(? AS VARBINARY(1000000))))
                next (namespace, row_key, user_handle, kind, stamp, expires, bytes)
            ON (present.namespace = next.namespace AND present.row_key = next.row_key)
            WHEN MATCHED AND %s THEN UPDATE
                SET kind = next.kind, stamp = next.stamp, expires = next.expires, bytes = next.bytes
            WHEN NOT MATCHED THEN INSERT (namespace, row_key, user_handle, kind, stamp, expires, bytes)
                VALUES (next.namespace, next.row_key, next.user_handle, next.kind, next.stamp, next.expires,
                    next.bytes)
            """;

    private static final String H2_DELETE = "DELETE FROM %s WHERE expires < ? FETCH FIRST ? ROWS ONLY";

    /** H2 2.0 or later. */
    static final Dialect H2 = new Dialect(
            "h2.sql",
            H2_MERGE.formatted("present.kind <> 'R'"),
            H2_MERGE.formatted("present.kind = 'A' AND present.stamp <= next.stamp"),
            """
            MERGE INTO postern_history present USING (VALUES (CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(22)),
                CAST(? AS VARCHAR(22)), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS VARCHAR(32)),
                CAST(? AS BIGINT)))
                next (namespace, user_handle, session_handle, begun, ended, reason, expires)
            ON (present.namespace = next.namespace AND present.user_handle = next.user_handle
                AND present.session_handle = next.session_handle)
            WHEN NOT MATCHED THEN INSERT (namespace, user_handle, session_handle, begun, ended, reason, expires)
                VALUES (next.namespace, next.user_handle, next.session_handle, next.begun, next.ended, next.reason,
                    next.expires)
            """,
            H2_DELETE.formatted("postern_row"),
            H2_DELETE.formatted("postern_history"));

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
