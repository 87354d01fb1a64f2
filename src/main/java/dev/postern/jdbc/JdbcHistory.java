package dev.postern.jdbc;

import dev.postern.Ending;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow;
import dev.postern.session.durable.SessionArchive;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.token.Handle;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sessions of a namespace that are over, in the table {@code postern_history}. {@link JdbcRows} writes them with
 * their tombstones. Of a session the first end counts.
 *
 * <p>Safe for concurrent use.
 */
final class JdbcHistory implements SessionArchive {

    private static final int COLUMNS = 7;
    private static final String SELECT = """
            SELECT session_handle, begun, ended, reason FROM postern_history
            WHERE namespace = ? AND user_handle = ? AND expires > ? ORDER BY ended DESC, session_handle LIMIT ?
            """;
    private static final String DELETE =
            "DELETE FROM postern_history WHERE namespace = ? AND user_handle = ? AND session_handle = ?";

    private final StoreCalls calls;
    private final Dialect dialect;
    private final String namespace;
    private final Duration kept;
    private final InstantSource clock;

    /**
     * The history of the namespace.
     *
     * @param kept how long a session that is over is listed; zero for no history
     */
    JdbcHistory(StoreCalls calls, Dialect dialect, String namespace, Duration kept, InstantSource clock) {
        this.calls = calls;
        this.dialect = dialect;
        this.namespace = namespace;
        this.kept = kept;
        this.clock = clock;
    }

    boolean isOff() {
        return kept.isZero();
    }

    @Override
    public List<PastSession> newestOf(Handle user, int most, Deadline deadline) {
        if (isOff()) {
            return List.of();
        }
        return calls.call(
                connection -> {
                    try (PreparedStatement statement = connection.prepare(SELECT)) {
                        statement.setString(1, namespace);
                        statement.setString(2, user.text());
                        statement.setLong(3, clock.millis());
                        statement.setInt(4, most);
                        return sessions(statement);
                    }
                },
                deadline);
    }

    /** Leaves out what only another version can have written. */
    private static List<PastSession> sessions(PreparedStatement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            List<PastSession> sessions = new ArrayList<>();
            while (found.next()) {
                Instant begun = Instant.ofEpochMilli(found.getLong(2));
                Instant ended = Instant.ofEpochMilli(found.getLong(3));
                Optional<Ending> reason = reason(found.getString(4));
                Handle.parse(found.getString(1))
                        .flatMap(session -> reason.map(known -> new PastSession(session, begun, ended, known)))
                        .ifPresent(sessions::add);
            }
            return sessions;
        }
    }

    private static Optional<Ending> reason(String name) {
        return Stream.of(Ending.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst();
    }

    /** Those of these tombstones that leave something in the history. */
    List<DurableRow> ofInterest(List<DurableRow> tombstones) {
        return isOff()
                ? List.of()
                : tombstones.stream()
                        .filter(row ->
                                row.past().isPresent() && row.key().user().isPresent())
                        .toList();
    }

    /** Adds the sessions of these tombstones, as a part of a transaction. */
    void add(StoreConnection connection, List<DurableRow> tombstones) throws SQLException {
        for (List<DurableRow> some : Batches.of(tombstones, row -> 0)) {
            try (PreparedStatement statement =
                    connection.prepare(dialect.remember().text(some.size()))) {
                int place = 0;
                for (DurableRow row : some) {
                    set(
                            statement,
                            place,
                            row.key().user().orElseThrow(),
                            row.past().orElseThrow());
                    place += COLUMNS;
                }
                statement.executeUpdate();
            }
        }
    }

    private void set(PreparedStatement statement, int after, Handle user, PastSession session) throws SQLException {
        statement.setString(after + 1, namespace);
        statement.setString(after + 2, user.text());
        statement.setString(after + 3, session.session().text());
        statement.setLong(after + 4, session.begun().toEpochMilli());
        statement.setLong(after + 5, session.ended().toEpochMilli());
        statement.setString(after + 6, session.reason().name());
        statement.setLong(after + 7, session.ended().plus(kept).toEpochMilli());
    }

    /** Takes the session of this row back, as a part of a transaction. */
    void remove(StoreConnection connection, Handle user, Handle session) throws SQLException {
        try (PreparedStatement statement = connection.prepare(DELETE)) {
            statement.setString(1, namespace);
            statement.setString(2, user.text());
            statement.setString(3, session.text());
            statement.executeUpdate();
        }
    }
}
