package dev.postern.jdbc;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * The rows of a namespace in the table {@code postern_row}. Each call takes one connection. One row is one statement;
 * many rows are transactions of {@value #MOST_AT_ONCE}, in the order of their keys, so that two of them do not wait for
 * each other.
 *
 * <p>Safe for concurrent use.
 */
final class JdbcRows implements DurableRows {

    /** How many rows one statement reads, and one transaction writes. */
    static final int MOST_AT_ONCE = 250;

    /** For how many keys there are statements: a few numbers, so that the database sees few texts. */
    private static final List<Integer> SIZES = List.of(1, 2, 16, MOST_AT_ONCE);

    private static final String SELECT = "SELECT row_key, bytes FROM postern_row WHERE namespace = ? AND expires > ? ";
    private static final String SELECT_RANGE = SELECT + "AND row_key >= ? AND row_key < ?";
    private static final String SELECT_BEHIND = SELECT + "AND row_key > ? ORDER BY row_key LIMIT ?";
    private static final String SELECT_ONE =
            "SELECT bytes, expires FROM postern_row WHERE namespace = ? AND row_key = ?";
    private static final String INSERT = "INSERT INTO postern_row"
            + " (namespace, row_key, user_handle, kind, stamp, expires, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String REPLACE = "UPDATE postern_row SET kind = ?, stamp = ?, expires = ?, bytes = ?"
            + " WHERE namespace = ? AND row_key = ? AND bytes = ?";

    private final StoreCalls calls;
    private final Dialect dialect;
    private final String namespace;
    private final JdbcHistory history;
    private final InstantSource clock;

    /** The rows of the namespace, which leave something in this history when they end. */
    JdbcRows(StoreCalls calls, Dialect dialect, String namespace, JdbcHistory history, InstantSource clock) {
        this.calls = calls;
        this.dialect = dialect;
        this.namespace = namespace;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public Map<RowKey, byte[]> read(Collection<RowKey> keys, Deadline deadline) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        List<RowKey> wanted = keys.stream().distinct().sorted().toList();
        return calls.call(
                connection -> {
                    Map<RowKey, byte[]> rows = new HashMap<>();
                    for (List<RowKey> some : parts(wanted)) {
                        rows.putAll(read(connection, some));
                    }
                    return rows;
                },
                deadline);
    }

    private Map<RowKey, byte[]> read(StoreConnection connection, List<RowKey> keys) throws SQLException {
        int size = SIZES.stream().filter(one -> one >= keys.size()).findFirst().orElseThrow();
        String places = String.join(", ", Collections.nCopies(size, "?"));
        try (PreparedStatement statement = select(connection, SELECT + "AND row_key IN (" + places + ")")) {
            for (int i = 0; i < size; i++) { // the last key again and again
                statement.setString(3 + i, keys.get(Math.min(i, keys.size() - 1)).text());
            }
            return rows(statement);
        }
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        return calls.call(
                connection -> {
                    try (PreparedStatement statement = select(connection, SELECT_RANGE)) {
                        statement.setString(3, RowKey.epoch(user).text());
                        statement.setString(4, RowKey.beyond(user).text());
                        return rows(statement);
                    }
                },
                deadline);
    }

    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        return calls.call(
                connection -> {
                    try (PreparedStatement statement = select(connection, SELECT_BEHIND)) {
                        statement.setString(3, key.text());
                        statement.setInt(4, most);
                        return rows(statement);
                    }
                },
                deadline);
    }

    /** A statement that begins like {@link #SELECT}, with the first two of its values. */
    private PreparedStatement select(StoreConnection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepare(sql);
        statement.setString(1, namespace);
        statement.setLong(2, clock.millis());
        return statement;
    }

    private static SortedMap<RowKey, byte[]> rows(PreparedStatement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            SortedMap<RowKey, byte[]> rows = new TreeMap<>();
            while (found.next()) {
                rows.put(new RowKey(found.getString(1)), found.getBytes(2));
            }
            return rows;
        }
    }

    @Override
    public void end(Collection<DurableRow> tombstones, Deadline deadline) {
        write(tombstones, dialect.end(), deadline);
    }

    @Override
    public void write(Collection<DurableRow> living, Deadline deadline) {
        write(living, dialect.write(), deadline);
    }

    private void write(Collection<DurableRow> rows, String sql, Deadline deadline) {
        if (rows.isEmpty()) {
            return;
        }
        List<DurableRow> ordered =
                rows.stream().sorted(Comparator.comparing(DurableRow::key)).toList();
        boolean unused = calls.call(
                connection -> {
                    for (List<DurableRow> some : parts(ordered)) {
                        write(connection, some, sql);
                    }
                    return true;
                },
                deadline);
    }

    private void write(StoreConnection connection, List<DurableRow> rows, String sql) throws SQLException {
        List<DurableRow> past = history.ofInterest(rows);
        if (rows.size() == 1 && past.isEmpty()) {
            writeOne(connection, rows.get(0), sql);
        } else {
            boolean unused = connection.transaction(one -> {
                writeAll(one, rows, sql);
                history.add(one, past);
                return true;
            });
        }
    }

    private void writeOne(StoreConnection connection, DurableRow row, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepare(sql)) {
            set(statement, row);
            statement.executeUpdate();
        }
    }

    private void writeAll(StoreConnection connection, List<DurableRow> rows, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepare(sql)) {
            for (DurableRow row : rows) {
                set(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void set(PreparedStatement statement, DurableRow row) throws SQLException {
        statement.setString(1, namespace);
        statement.setString(2, row.key().text());
        Optional<Handle> user = row.key().user();
        if (user.isPresent()) {
            statement.setString(3, user.get().text());
        } else {
            statement.setNull(3, Types.VARCHAR);
        }
        statement.setString(4, String.valueOf(row.kind().letter()));
        statement.setLong(5, row.stamp().toEpochMilli());
        statement.setLong(6, row.expires().toEpochMilli());
        statement.setBytes(7, row.bytes());
    }

    @Override
    public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
        boolean unused = calls.call(
                connection -> history.isOff()
                        ? isReplaced(connection, tombstone, living)
                        : connection.transaction(one -> isUndone(one, tombstone, living)),
                deadline);
    }

    private boolean isUndone(StoreConnection connection, byte[] tombstone, DurableRow living) throws SQLException {
        if (!isReplaced(connection, tombstone, living)) {
            return false;
        }
        Optional<Handle> user = living.key().user();
        Optional<Handle> session = living.key().session();
        if (user.isPresent() && session.isPresent()) {
            history.remove(connection, user.get(), session.get());
        }
        return true;
    }

    @Override
    public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
        boolean unused = calls.call(
                connection -> {
                    while (!isMerged(connection, row, winner)) {
                        connection.requireTime();
                    }
                    return true;
                },
                deadline);
    }

    /** Whether the row could be merged before another call changed it. */
    private boolean isMerged(StoreConnection connection, DurableRow row, BinaryOperator<byte[]> winner)
            throws SQLException {
        try (PreparedStatement statement = connection.prepare(SELECT_ONE)) {
            statement.setString(1, namespace);
            statement.setString(2, row.key().text());
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    writeOne(connection, row, INSERT);
                    return true;
                }
                byte[] seen = found.getBytes(1);
                byte[] next = winner.apply(seen, row.bytes());
                return Arrays.equals(seen, next)
                        || isReplaced(connection, seen, merged(row, next, Instant.ofEpochMilli(found.getLong(2))));
            }
        }
    }

    private static DurableRow merged(DurableRow row, byte[] bytes, Instant expires) {
        return new DurableRow(
                row.key(),
                bytes,
                row.kind(),
                row.stamp(),
                row.expires().isAfter(expires) ? row.expires() : expires);
    }

    /** Replaces the row by compare-and-set: only if it still has the bytes that were seen. */
    private boolean isReplaced(StoreConnection connection, byte[] seen, DurableRow next) throws SQLException {
        try (PreparedStatement statement = connection.prepare(REPLACE)) {
            statement.setString(1, String.valueOf(next.kind().letter()));
            statement.setLong(2, next.stamp().toEpochMilli());
            statement.setLong(3, next.expires().toEpochMilli());
            statement.setBytes(4, next.bytes());
            statement.setString(5, namespace);
            statement.setString(6, next.key().text());
            statement.setBytes(7, seen);
            return statement.executeUpdate() > 0;
        }
    }

    private static <T> List<List<T>> parts(List<T> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + MOST_AT_ONCE)
                .mapToObj(from -> all.subList(from, Math.min(from + MOST_AT_ONCE, all.size())))
                .toList();
    }
}
