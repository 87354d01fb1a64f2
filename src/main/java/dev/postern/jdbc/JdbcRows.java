package dev.postern.jdbc;

import dev.postern.jdbc.Dialect.Insert;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * The rows of a namespace in the table {@code postern_row}. Each call takes one connection. One row, or some of the
 * sizes of {@link Batches}, are one statement, which is a transaction of its own unless the history is written with it.
 * Rows are written in the order of their keys, so that two calls do not wait for each other in a circle.
 *
 * <p>Safe for concurrent use.
 */
final class JdbcRows implements DurableRows {

    /** For how many keys there are statements that read: few, so that the database sees few texts. */
    private static final List<Integer> SIZES = List.of(1, 2, 16, Batches.MOST);

    private static final int COLUMNS = 7;
    private static final String SELECT = "SELECT row_key, bytes FROM postern_row WHERE namespace = ? AND expires > ? ";
    private static final String SELECT_RANGE = SELECT + "AND row_key >= ? AND row_key < ?";
    private static final String SELECT_BEHIND = SELECT + "AND row_key > ? ORDER BY row_key LIMIT ?";
    private static final String SELECT_ONE = "SELECT bytes FROM postern_row WHERE namespace = ? AND row_key = ?";
    private static final String IF_SEEN = " WHERE namespace = ? AND row_key = ? AND bytes = ?";
    private static final String REVIVE = "UPDATE postern_row SET kind = ?, stamp = ?, expires = ?, bytes = ?" + IF_SEEN;
    private static final String MERGE = "UPDATE postern_row SET expires = GREATEST(expires, ?), bytes = ?" + IF_SEEN;

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
                statement.setString(
                        3 + i, keys.get(Math.min(i, keys.size() - 1)).text());
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
        write(tombstones, dialect.end(), (one, later) -> later, deadline);
    }

    @Override
    public void write(Collection<DurableRow> living, Deadline deadline) {
        write(living, dialect.write(), (one, later) -> later.stamp().isBefore(one.stamp()) ? one : later, deadline);
    }

    /**
     * Writes the rows, in the order of their keys.
     *
     * @param newer which of two rows of one key is written
     */
    private void write(
            Collection<DurableRow> rows, Insert insert, BinaryOperator<DurableRow> newer, Deadline deadline) {
        if (rows.isEmpty()) {
            return;
        }
        SortedMap<RowKey, DurableRow> ordered = new TreeMap<>();
        rows.forEach(row -> ordered.merge(row.key(), row, newer));
        List<List<DurableRow>> batches = Batches.of(List.copyOf(ordered.values()), row -> row.bytes().length);
        boolean unused = calls.call(
                connection -> {
                    for (List<DurableRow> some : batches) {
                        write(connection, some, insert);
                    }
                    return true;
                },
                deadline);
    }

    private void write(StoreConnection connection, List<DurableRow> rows, Insert insert) throws SQLException {
        List<DurableRow> past = history.ofInterest(rows);
        if (past.isEmpty()) {
            insert(connection, rows, insert.text(rows.size()));
        } else {
            boolean unused = connection.transaction(one -> {
                insert(one, rows, insert.text(rows.size()));
                history.add(one, past);
                return true;
            });
        }
    }

    private void insert(StoreConnection connection, List<DurableRow> rows, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepare(sql)) {
            int place = 0;
            for (DurableRow row : rows) {
                set(statement, place, row);
                place += COLUMNS;
            }
            statement.executeUpdate();
        }
    }

    private void set(PreparedStatement statement, int after, DurableRow row) throws SQLException {
        statement.setString(after + 1, namespace);
        statement.setString(after + 2, row.key().text());
        Optional<Handle> user = row.key().user();
        if (user.isPresent()) {
            statement.setString(after + 3, user.get().text());
        } else {
            statement.setNull(after + 3, Types.VARCHAR);
        }
        statement.setString(after + 4, String.valueOf(row.kind().letter()));
        statement.setLong(after + 5, row.stamp().toEpochMilli());
        statement.setLong(after + 6, row.expires().toEpochMilli());
        statement.setBytes(after + 7, row.bytes());
    }

    @Override
    public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
        boolean unused = calls.call(
                connection -> history.isOff()
                        ? isRevived(connection, tombstone, living)
                        : connection.transaction(one -> isUndone(one, tombstone, living)),
                deadline);
    }

    private boolean isUndone(StoreConnection connection, byte[] tombstone, DurableRow living) throws SQLException {
        if (!isRevived(connection, tombstone, living)) {
            return false;
        }
        Optional<Handle> user = living.key().user();
        Optional<Handle> session = living.key().session();
        if (user.isPresent() && session.isPresent()) {
            history.remove(connection, user.get(), session.get());
        }
        return true;
    }

    private boolean isRevived(StoreConnection connection, byte[] tombstone, DurableRow living) throws SQLException {
        try (PreparedStatement statement = connection.prepare(REVIVE)) {
            statement.setString(1, String.valueOf(living.kind().letter()));
            statement.setLong(2, living.stamp().toEpochMilli());
            statement.setLong(3, living.expires().toEpochMilli());
            statement.setBytes(4, living.bytes());
            return isUpdated(statement, 4, living.key(), tombstone);
        }
    }

    /** Whether the row had the bytes that were seen, and has been replaced. */
    private boolean isUpdated(PreparedStatement statement, int after, RowKey key, byte[] seen) throws SQLException {
        statement.setString(after + 1, namespace);
        statement.setString(after + 2, key.text());
        statement.setBytes(after + 3, seen);
        return statement.executeUpdate() > 0;
    }

    @Override
    public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
        boolean unused = calls.call(connection -> isMerged(connection, row, winner), deadline);
    }

    @Override
    public void merge(DurableRow row, Optional<byte[]> expected, BinaryOperator<byte[]> winner, Deadline deadline) {
        boolean unused = calls.call(
                connection -> isMergedAtOnce(connection, row, expected, winner) || isMerged(connection, row, winner),
                deadline);
    }

    private boolean isMergedAtOnce(
            StoreConnection connection, DurableRow row, Optional<byte[]> expected, BinaryOperator<byte[]> winner)
            throws SQLException {
        return expected.isEmpty()
                ? isInserted(connection, row)
                : isReplaced(connection, row, expected.get(), winner.apply(expected.get(), row.bytes()));
    }

    private boolean isMerged(StoreConnection connection, DurableRow row, BinaryOperator<byte[]> winner)
            throws SQLException {
        while (!isCombined(connection, row, winner)) {
            connection.requireTime();
        }
        return true;
    }

    /** Whether the row could be combined with what is there, before another call changed that. */
    private boolean isCombined(StoreConnection connection, DurableRow row, BinaryOperator<byte[]> winner)
            throws SQLException {
        Optional<byte[]> present = present(connection, row.key());
        if (present.isEmpty()) {
            return isInserted(connection, row);
        }
        byte[] next = winner.apply(present.get(), row.bytes());
        return Arrays.equals(next, present.get()) || isReplaced(connection, row, present.get(), next);
    }

    private Optional<byte[]> present(StoreConnection connection, RowKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepare(SELECT_ONE)) {
            statement.setString(1, namespace);
            statement.setString(2, key.text());
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
            }
        }
    }

    private boolean isInserted(StoreConnection connection, DurableRow row) throws SQLException {
        try {
            insert(connection, List.of(row), Dialect.INSERT_ONE);
            return true;
        } catch (SQLException e) {
            if (SqlState.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Replaces the row by compare-and-set. False also if that would change nothing. */
    private boolean isReplaced(StoreConnection connection, DurableRow row, byte[] seen, byte[] next)
            throws SQLException {
        if (Arrays.equals(seen, next)) {
            return false;
        }
        try (PreparedStatement statement = connection.prepare(MERGE)) {
            statement.setLong(1, row.expires().toEpochMilli());
            statement.setBytes(2, next);
            return isUpdated(statement, 2, row.key(), seen);
        }
    }

    private static List<List<RowKey>> parts(List<RowKey> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + Batches.MOST)
                .mapToObj(from -> all.subList(from, Math.min(from + Batches.MOST, all.size())))
                .toList();
    }
}
