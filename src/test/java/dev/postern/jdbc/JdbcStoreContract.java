package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow;
import dev.postern.session.durable.DurableRow.Kind;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.durable.DurableRowsContract;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.testing.Race;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every promise of {@link JdbcStore}, for each database that it knows. */
abstract class JdbcStoreContract extends DurableRowsContract {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final TestClock clock = new TestClock();
    private TroubledDatabase database;
    private JdbcStore store;

    /** The database of the tests, which may have rows already. */
    abstract DataSource database();

    /** A database without tables. */
    abstract DataSource emptyDatabase();

    /** The same database, by connections that may only read. */
    abstract DataSource readOnly();

    final JdbcStore open(DataSource of, String namespace) {
        return JdbcStore.open(of, namespace, true, MONTH, clock);
    }

    @BeforeEach
    void open() {
        database = new TroubledDatabase(database());
        store = open(database.source(), "test");
    }

    @AfterEach
    void close() {
        database.thaw();
        database.recover();
        store.close();
        assertThat(database.open()).as("connections that did not come back").isZero();
    }

    @Override
    public DurableRows rows() {
        return store.rows();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void pass(Duration time) {
        clock.pass(time);
    }

    @Test
    void namespacesAreApart() {
        RowKey key = TestRows.key();
        try (JdbcStore other = open(database.source(), "Test")) {
            write(living(key, "mine", 1));
            other.rows().write(List.of(living(key, "other's", 1)), soon());
            other.rows().end(List.of(past(key, "other's end", Ending.REVOKED)), soon());

            assertThat(text(read(key))).isEqualTo("mine");
            assertThat(texts(other.rows().read(List.of(key), soon()))).isEqualTo(Map.of(key, "other's end"));
            assertThat(other.rows().rowsBehind(RowKey.BEGINNING, 10, soon())).containsOnlyKeys(key);
            assertThat(store.history().newestOf(TestRows.user(key), 10, soon())).isEmpty();
            assertThat(other.history().newestOf(TestRows.user(key), 10, soon())).hasSize(1);
        }
    }

    @Test
    void oneRowIsOneStatementAndOneConnection() {
        RowKey key = TestRows.key();
        database.forgetCalls();
        int before = database.taken();

        write(living(key, "row", 1));
        rows().end(List.of(over(key, "over")), soon());
        rows().read(List.of(key, TestRows.epoch(key)), soon());

        assertThat(database.taken() - before).isEqualTo(3);
        assertThat(database.calls())
                .filteredOn(call -> call.startsWith("execute"))
                .containsExactly("executeUpdate", "executeUpdate", "executeQuery");
        assertThat(database.calls()).doesNotContain("commit", "setAutoCommit false");
    }

    @Test
    void manyRowsAreFewStatements() {
        database.forgetCalls();

        rows().write(
                        TestRows.keys(581).stream()
                                .map(key -> living(key, "row", 1))
                                .toList(),
                        soon());

        assertThat(database.calls().stream().filter(call -> call.startsWith("execute")))
                .hasSize(2 + 1 + 1 + 1); // 250, 250, 64, 16, 1
        assertThat(database.calls()).doesNotContain("commit", "setAutoCommit false");
    }

    @Test
    void anEndWithItsHistoryIsOneTransaction() {
        database.forgetCalls();

        rows().end(List.of(past(TestRows.key(), "over", Ending.REVOKED)), soon());

        assertThat(database.calls())
                .containsSubsequence("setAutoCommit false", "executeUpdate", "executeUpdate", "commit");
    }

    @Test
    void aMergeOfWhatTheCallerExpectsIsOneStatement() {
        RowKey key = TestRows.epoch(TestRows.key());
        database.forgetCalls();

        rows().merge(epoch(key, "a"), Optional.empty(), (there, given) -> given, soon());
        rows().merge(epoch(key, "b"), Optional.of(bytes("a")), (there, given) -> given, soon());

        assertThat(database.calls())
                .filteredOn(call -> call.startsWith("execute"))
                .containsExactly("executeUpdate", "executeUpdate");
        assertThat(text(read(key))).isEqualTo("b");
    }

    @Test
    void rowsThatAreLargeTogetherAreSeveralStatements() {
        List<RowKey> keys = TestRows.keys(64);
        database.forgetCalls();

        rows().write(
                        keys.stream()
                                .map(key -> row(key, new byte[64 * 1024], Kind.LIVING, 1, Duration.ofHours(1)))
                                .toList(),
                        soon());

        assertThat(database.calls().stream().filter("executeUpdate"::equals)).hasSize(4);
        assertThat(rows().read(keys, soon())).hasSize(64);
    }

    @Test
    void writesAreCommittedWhateverThePoolsDefaultIs() {
        RowKey key = TestRows.key();
        database.turnAutoCommitOff();
        database.forgetCalls();

        write(living(key, "row", 1));
        rows().end(List.of(over(TestRows.key(), "one"), over(TestRows.key(), "two")), soon());

        assertThat(database.calls()).endsWith("setAutoCommit false", "close");
        try (JdbcStore other = open(database(), "test")) {
            assertThat(other.rows().read(List.of(key), soon())).containsOnlyKeys(key);
        }
    }

    @Test
    void createsTheTablesFromSeveralNodesAtOnce() throws Exception {
        DataSource empty = emptyDatabase();

        List<JdbcStore> nodes = Race.of(6, node -> open(empty, "test"));

        RowKey key = TestRows.key();
        nodes.get(0).rows().write(List.of(living(key, "row", 1)), soon());
        assertThat(nodes.get(5).rows().read(List.of(key), soon())).containsOnlyKeys(key);
        assertThat(number(empty, "SELECT COUNT(*) FROM postern_schema")).isEqualTo(1);
        nodes.forEach(JdbcStore::close);
    }

    @Test
    void keepsTablesThatAreThere() {
        RowKey key = TestRows.key();
        write(living(key, "row", 1));

        try (JdbcStore again = open(database.source(), "test");
                JdbcStore asking = JdbcStore.open(database.source(), "test", false, MONTH, clock)) {
            assertThat(again.rows().read(List.of(key), soon())).containsOnlyKeys(key);
            assertThat(asking.rows().read(List.of(key), soon())).containsOnlyKeys(key);
        }
    }

    @Test
    void saysWhichScriptMakesTheTables() {
        assertThatThrownBy(() -> JdbcStore.open(emptyDatabase(), "test", false, MONTH, clock))
                .isInstanceOf(PosternException.class)
                .hasMessageMatching("The database has no tables for the store of Postern: run"
                        + " server-config/database/\\w+\\.sql in it, or set postern\\.store\\.create-tables=true\\.");
    }

    @Test
    void finishesTablesThatAreHalfThere() throws SQLException {
        DataSource half = emptyDatabase();
        open(half, "test").close();
        execute(half, "DELETE FROM postern_schema");
        execute(half, "DROP TABLE postern_history");

        assertThatThrownBy(() -> JdbcStore.open(half, "test", false, MONTH, clock))
                .hasMessageContaining("has no tables");
        open(half, "test").close();

        assertThat(number(half, "SELECT version FROM postern_schema")).isEqualTo(Schema.VERSION);
    }

    @Test
    void refusesATableOfAnotherApplication() throws SQLException {
        DataSource foreign = emptyDatabase();
        execute(foreign, "CREATE TABLE postern_row (id INT PRIMARY KEY, bytes VARCHAR(10))");

        assertThatThrownBy(() -> open(foreign, "test"))
                .isInstanceOf(PosternException.class)
                .hasMessageStartingWith("The table postern_row of the database is not Postern's: it lacks one of");
        assertThat(number(foreign, "SELECT COUNT(*) FROM postern_row")).isZero();
    }

    @Test
    void refusesTablesOfAnotherVersion() throws SQLException {
        DataSource newer = emptyDatabase();
        open(newer, "test").close();
        execute(newer, "UPDATE postern_schema SET version = 2");

        assertThatThrownBy(() -> open(newer, "test"))
                .isInstanceOf(PosternException.class)
                .hasMessage("The tables of Postern in the database have version 2 (postern_schema),"
                        + " and this version of Postern needs 1.");
    }

    @Test
    void saysThatItMayNotCreateTables() {
        assertThatThrownBy(() -> open(readOnlyAndEmpty(), "test"))
                .isInstanceOf(PosternException.class)
                .hasMessageMatching("The tables of Postern could not be created \\(.+\\): run"
                        + " server-config/database/\\w+\\.sql in the database\\.");
    }

    /** A database without tables, by connections that may only read. */
    abstract DataSource readOnlyAndEmpty();

    @Test
    void aDatabaseThatTakesNoWritesIsReadAllTheSame() {
        RowKey key = TestRows.key();
        write(living(key, "row", 1));

        try (JdbcStore reading = open(readOnly(), "test")) {
            assertThat(reading.rows().read(List.of(key), soon())).containsOnlyKeys(key);
            assertThatThrownBy(() -> reading.rows().write(List.of(living(key, "next", 2)), soon()))
                    .isInstanceOf(DurableRows.RefusedException.class)
                    .hasMessageStartingWith("The store failed: ")
                    .hasCauseInstanceOf(SQLException.class);
            assertThatThrownBy(() -> reading.rows().end(List.of(over(key, "over")), soon()))
                    .isInstanceOf(DurableRows.RefusedException.class);
        }
        assertThat(text(read(key))).isEqualTo("row");
    }

    @Test
    void aFullDatabaseFailsTheCall() {
        database.fail(new SQLException("could not extend file: No space left on device", "53100"));

        assertThatThrownBy(() -> write(living(TestRows.key(), "row", 1)))
                .isInstanceOf(DurableRows.RefusedException.class)
                .hasMessage("The store failed: could not extend file: No space left on device");
    }

    @Test
    void aSlowDatabaseAnswersUntilTheDeadline() {
        RowKey key = TestRows.key();
        database.slowDown(Duration.ofMillis(500));

        write(living(key, "row", 1));
        assertThat(text(read(key))).isEqualTo("row");

        assertThatThrownBy(() -> rows().read(List.of(key), Deadline.in(SHORT)))
                .isInstanceOf(PosternException.class)
                .hasMessage("The store did not answer in time.");
        assertThat(isTrueSoon(() -> database.open() == 0)).isTrue();
    }

    @Test
    void aFrozenDatabaseKeepsNoCallerBehindItsDeadline() throws Exception {
        RowKey key = TestRows.key();
        write(living(key, "row", 1));
        database.freeze();

        List<Long> waits = Race.of(30, caller -> waitOf(() -> rows().read(List.of(key), Deadline.in(SHORT))));

        assertThat(waits).allMatch(wait -> wait >= SHORT.toMillis() && wait < 3_000);
        assertThat(database.open()).isLessThanOrEqualTo(StoreCalls.MOST);
        database.thaw();
        assertThat(text(read(key))).isEqualTo("row");
    }

    /** How long the call took that failed, in milliseconds. */
    static long waitOf(Runnable call) {
        long begun = System.nanoTime();
        assertThatThrownBy(call::run).isInstanceOf(PosternException.class);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** The row is locked, as by an administrator's transaction that is left open. */
    @Test
    void aStatementThatWaitsForALockIsGivenUp() throws Exception {
        RowKey key = TestRows.key();
        write(living(key, "row", 1));
        try (Connection administrator = database().getConnection()) {
            administrator.setAutoCommit(false);
            try (Statement statement = administrator.createStatement()) {
                statement.executeUpdate("UPDATE postern_row SET stamp = 2");
            }

            List<Long> waits = Race.of(
                    StoreCalls.MOST,
                    caller -> waitOf(() -> rows().end(List.of(over(key, "over")), Deadline.in(SHORT))));

            assertThat(waits).allMatch(wait -> wait >= SHORT.toMillis() && wait < 3_000);
            assertThat(isTrueSoon(() -> database.open() == 0)).isTrue();
            administrator.rollback();
        }
        if (cancelsStatements()) {
            assertThat(text(read(key))).isEqualTo("row");
        }
    }

    /** Whether the database gives up a statement at its time. Otherwise only the driver gives up the database. */
    boolean cancelsStatements() {
        return true;
    }

    @Test
    void theHistoryListsTheNewestEndsFirst() {
        RowKey first = TestRows.key();
        RowKey second = TestRows.sibling(first);
        RowKey third = TestRows.sibling(first);
        write(living(first, "living", 1));
        rows().end(List.of(past(first, "1", Ending.SIGNED_OUT)), soon());
        clock.pass(Duration.ofSeconds(1));
        rows().end(List.of(past(second, "2", Ending.REUSED)), soon());
        clock.pass(Duration.ofSeconds(1));
        rows().end(List.of(past(third, "3", Ending.EXPIRED), past(TestRows.key(), "x", Ending.EVICTED)), soon());
        Instant now = clock.instant();

        assertThat(store.history().newestOf(TestRows.user(first), 10, soon()))
                .containsExactly(
                        pastSession(third, now, Ending.EXPIRED),
                        pastSession(second, now.minusSeconds(1), Ending.REUSED),
                        pastSession(first, now.minusSeconds(2), Ending.SIGNED_OUT));
        assertThat(store.history().newestOf(TestRows.user(first), 2, soon())).hasSize(2);
    }

    @Test
    void theHistoryKeepsTheFirstEndAndForgetsOneThatWasUndone() {
        RowKey key = TestRows.key();
        rows().end(List.of(past(key, "first", Ending.SIGNED_OUT)), soon());
        rows().end(List.of(past(key, "second", Ending.REVOKED)), soon());
        assertThat(store.history().newestOf(TestRows.user(key), 10, soon()))
                .extracting(PastSession::reason)
                .containsExactly(Ending.SIGNED_OUT);

        rows().undo(bytes("first"), living(key, "living", 1), soon());
        assertThat(store.history().newestOf(TestRows.user(key), 10, soon())).hasSize(1);

        rows().undo(bytes("second"), living(key, "living", 1), soon());
        assertThat(store.history().newestOf(TestRows.user(key), 10, soon())).isEmpty();

        rows().end(List.of(past(key, "third", Ending.REPLACED)), soon());
        assertThat(store.history().newestOf(TestRows.user(key), 10, soon()))
                .extracting(PastSession::reason)
                .containsExactly(Ending.REPLACED);
    }

    @Test
    void theHistoryListsASessionOnceAfterARace() throws Exception {
        List<RowKey> keys = TestRows.keys(10);
        List<Ending> reasons = List.of(Ending.SIGNED_OUT, Ending.REVOKED, Ending.EVICTED, Ending.REUSED);

        Race.of(reasons.size(), racer -> {
            keys.forEach(key -> rows().end(List.of(past(key, "over " + racer, reasons.get(racer))), late()));
            return racer;
        });

        keys.forEach(key -> assertThat(store.history().newestOf(TestRows.user(key), 10, soon()))
                .extracting(PastSession::reason)
                .hasSize(1)
                .isSubsetOf(reasons));
    }

    @Test
    void theHistoryIsOffUnlessItIsKept() {
        RowKey key = TestRows.key();
        try (JdbcStore without = JdbcStore.open(database.source(), "test", true, Duration.ZERO, clock)) {
            without.rows().end(List.of(past(key, "over", Ending.REVOKED)), soon());

            assertThat(without.history().newestOf(TestRows.user(key), 10, soon()))
                    .isEmpty();
            assertThat(store.history().newestOf(TestRows.user(key), 10, soon())).isEmpty();

            without.rows().undo(bytes("over"), living(key, "living", 1), soon());
            assertThat(text(read(key))).isEqualTo("living");
        }
    }

    @Test
    void theHistoryLeavesOutWhatIsTooOldAndWhatItDoesNotKnow() throws SQLException {
        RowKey key = TestRows.key();
        RowKey sibling = TestRows.sibling(key);
        rows().end(List.of(past(key, "1", Ending.REVOKED), past(sibling, "2", Ending.REVOKED)), soon());
        execute(
                database(),
                "UPDATE postern_history SET reason = 'OF_A_LATER_VERSION' WHERE session_handle = ?",
                key.session().orElseThrow().text());
        assertThat(store.history().newestOf(TestRows.user(key), 10, soon()))
                .extracting(PastSession::session)
                .containsExactly(sibling.session().orElseThrow());

        clock.pass(MONTH);
        assertThat(store.history().newestOf(TestRows.user(key), 10, soon())).isEmpty();
    }

    @Test
    void deletesWhatHasExpiredInSmallSteps() throws SQLException {
        DataSource own = emptyDatabase();
        try (JdbcStore node = open(own, "test");
                JdbcStore other = open(own, "other")) {
            node.rows().write(living(2_500, Duration.ofHours(1)), soon());
            other.rows().write(living(3, Duration.ofHours(1)), soon());
            node.rows().write(living(4, Duration.ofHours(2)), soon());
            clock.pass(Duration.ofHours(1).plus(ExpiredRows.MARGIN));
            assertThat(node.expired().delete()).isZero();

            clock.pass(Duration.ofMinutes(1));
            assertThat(node.expired().delete()).isEqualTo(2_503);
            assertThat(number(own, "SELECT COUNT(*) FROM postern_row")).isEqualTo(4);
        }
    }

    @Test
    void deletesTheHistoryThatHasExpired() throws SQLException {
        DataSource own = emptyDatabase();
        try (JdbcStore node = open(own, "test")) {
            node.rows().end(List.of(past(TestRows.key(), "old", Ending.EVICTED)), soon());
            clock.pass(MONTH);
            node.rows().end(List.of(past(TestRows.key(), "new", Ending.EVICTED)), soon());
            clock.pass(Duration.ofMinutes(6));

            node.expired().delete();

            assertThat(number(own, "SELECT COUNT(*) FROM postern_history")).isEqualTo(1);
        }
    }

    @Test
    void oneNodeDeletesAtATime() throws Exception {
        DataSource own = emptyDatabase();
        try (JdbcStore one = open(own, "test");
                JdbcStore other = open(own, "test")) {
            one.rows().write(living(20, Duration.ofHours(1)), soon());
            clock.pass(Duration.ofHours(2));

            List<Long> deleted =
                    Race.of(2, node -> (node == 0 ? one : other).expired().delete());
            assertThat(deleted).containsExactlyInAnyOrder(20L, 0L);

            one.rows().write(living(20, Duration.ofHours(-1)), soon());
            assertThat(other.expired().delete()).isZero();
            clock.pass(ExpiredRows.PERIOD);
            assertThat(other.expired().delete()).isEqualTo(20);
        }
    }

    @Test
    void aNodeWhoseClockIsAheadDeletesNoRowsOfOthers() throws SQLException {
        DataSource own = emptyDatabase();
        try (JdbcStore node = open(own, "test")) {
            long tomorrow = System.currentTimeMillis() + TimeUnit.DAYS.toMillis(1);
            node.rows()
                    .write(
                            List.of(new DurableRow(
                                    TestRows.key(), bytes("row"), Kind.LIVING, now(), Instant.ofEpochMilli(tomorrow))),
                            soon());
            clock.pass(Duration.between(now(), Instant.ofEpochMilli(tomorrow)).plusDays(7));

            assertThat(node.expired().delete()).isZero();
            assertThat(number(own, "SELECT COUNT(*) FROM postern_row")).isEqualTo(1);
        }
    }

    @Test
    void aNodeWithAWrongClockDoesNotStopTheOthers() throws SQLException {
        DataSource own = emptyDatabase();
        try (JdbcStore node = open(own, "test")) {
            node.rows().write(living(1, Duration.ofHours(-1)), soon());
            execute(own, "UPDATE postern_schema SET cleaned = 9000000000000000");

            assertThat(node.expired().delete()).isEqualTo(1);
        }
    }

    /** So a table of ten million rows is asked as quickly as one of ten thousand. */
    @Test
    void everyQuestionHasAnIndex() throws SQLException {
        DataSource own = emptyDatabase();
        TroubledDatabase watched = new TroubledDatabase(own);
        RowKey key = TestRows.key();
        try (JdbcStore node = open(watched.source(), "test")) {
            node.rows().write(living(10_000, Duration.ofHours(1)), soon());
            node.rows()
                    .end(
                            TestRows.keys(3_000).stream()
                                    .map(one -> past(one, "x", Ending.EVICTED))
                                    .toList(),
                            soon());
            gatherStatistics(own);
            watched.forgetCalls();

            node.rows().read(List.of(key), soon());
            node.rows().read(TestRows.keys(16), soon());
            node.rows().rowsOf(TestRows.user(key), soon());
            node.rows().rowsBehind(key, 500, soon());
            node.rows().end(List.of(past(key, "over", Ending.REVOKED)), soon());
            node.rows().undo(bytes("over"), living(key, "living", 1), soon());
            node.rows().merge(epoch(TestRows.epoch(key), "a"), (there, given) -> given, soon());
            node.rows().merge(epoch(TestRows.epoch(key), "b"), (there, given) -> given, soon());
            node.history().newestOf(TestRows.user(key), 10, soon());
            node.expired().delete();
        }

        List<TroubledDatabase.Statement> questions = watched.statements().stream()
                .filter(statement -> statement.text().matches("(?s)(SELECT|UPDATE postern_row|DELETE).*"))
                .toList();
        assertThat(questions).hasSizeGreaterThanOrEqualTo(10);
        for (TroubledDatabase.Statement question : questions) {
            assertThat(plan(own, question)).as(question.text()).doesNotContainPattern(scan());
        }
    }

    /** Lets the database count what is in its tables. */
    abstract void gatherStatistics(DataSource of) throws SQLException;

    /** How the database says that it goes through a whole table. */
    abstract String scan();

    private static String plan(DataSource of, TroubledDatabase.Statement question) throws SQLException {
        try (Connection connection = of.getConnection();
                PreparedStatement statement = connection.prepareStatement("EXPLAIN " + question.text())) {
            for (Map.Entry<Integer, Object> value : question.values().entrySet()) {
                statement.setObject(value.getKey(), value.getValue());
            }
            try (ResultSet plan = statement.executeQuery()) {
                StringJoiner text = new StringJoiner("|");
                while (plan.next()) {
                    for (int i = 1; i <= plan.getMetaData().getColumnCount(); i++) {
                        text.add(plan.getString(i));
                    }
                }
                return text.toString();
            }
        }
    }

    @Test
    void endsItsThreads() {
        try (JdbcStore other = open(database.source(), "closing")) {
            other.rows().read(List.of(TestRows.key()), soon());
            assertThat(threads("postern-store-closing-")).isPositive();
        }

        assertThat(isTrueSoon(() -> threads("postern-store-closing-") == 0)).isTrue();
        store.close();
        assertThatThrownBy(() -> rows().read(List.of(TestRows.key()), soon())).isInstanceOf(PosternException.class);
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private List<DurableRow> living(int number, Duration left) {
        return TestRows.keys(number).stream()
                .map(key -> row(key, bytes("row"), Kind.LIVING, 1, left))
                .toList();
    }

    private DurableRow past(RowKey key, String text, Ending reason) {
        return over(key, text).with(pastSession(key, clock.instant(), reason));
    }

    private static PastSession pastSession(RowKey key, Instant ended, Ending reason) {
        return new PastSession(key.session().orElseThrow(), ended.minusSeconds(60), ended, reason);
    }

    static void execute(DataSource source, String sql, String... values) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    static long number(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet found = statement.executeQuery()) {
            assertThat(found.next()).isTrue();
            return found.getLong(1);
        }
    }

    /** Whether it becomes true within ten seconds. */
    static boolean isTrueSoon(BooleanSupplier claim) {
        return IntStream.range(0, 1_000).anyMatch(attempt -> {
            LockSupport.parkNanos(attempt == 0 ? 0 : TimeUnit.MILLISECONDS.toNanos(10));
            return claim.getAsBoolean();
        });
    }
}
