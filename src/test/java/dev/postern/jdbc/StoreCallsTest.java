package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRows;
import dev.postern.testing.Race;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCallsTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final int WAITING = 30;
    private static final String SELECT = "SELECT 1";

    private final TroubledDatabase database = new TroubledDatabase(h2());
    private final StoreCalls calls = new StoreCalls(database.source(), "calls", WAITING);

    private static JdbcDataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        source.setUser("sa");
        return source;
    }

    @AfterEach
    void close() {
        database.thaw();
        calls.close();
        assertThat(database.open()).isZero();
    }

    @Test
    void givesTheAnswerOnAThreadOfItsOwn() {
        String name = calls.call(connection -> Thread.currentThread().getName(), soon());

        assertThat(name).startsWith("postern-store-calls-");
        assertThat(calls.threads()).isEqualTo(1);
    }

    @Test
    void leavesTheCallerAtItsDeadline() {
        database.freeze();

        assertThatThrownBy(() -> select(Deadline.in(SHORT)))
                .isInstanceOf(PosternException.class)
                .hasMessage("The store did not answer in time.")
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "53100, true",
        "25006, true",
        "42501, true",
        "HY000, true",
        "57014, false",
        "70100, false",
        "HYT00, false",
        "08006, false",
        "57P01, false",
        "90098, false",
        ", false"
    })
    void failureIsARefusalIfTheDatabaseHasAnswered(String state, boolean isRefusal) {
        database.fail(new SQLException("no", state));

        assertThatThrownBy(() -> select(Deadline.in(SHORT)))
                .isInstanceOf(PosternException.class)
                .matches(failure -> failure instanceof DurableRows.RefusedException == isRefusal);
    }

    @Test
    void neitherATimeOutNorAPoolWithoutAConnectionIsOne() {
        database.fail(new SQLTimeoutException("too slow", "HY000"));
        assertThatThrownBy(() -> select(soon())).isExactlyInstanceOf(PosternException.class);

        database.refuse(new SQLException("no connection", "53300"));
        assertThatThrownBy(() -> select(soon())).isExactlyInstanceOf(PosternException.class);
    }

    @Test
    void boundsThreadsAndForgetsCallsWhoseCallersHaveLeft() throws Exception {
        database.freeze();

        Race.of(30, caller -> JdbcStoreContract.waitOf(() -> select(Deadline.in(SHORT))));

        assertThat(calls.threads()).isEqualTo(StoreCalls.MOST);
        assertThat(calls.waiting()).isZero();
        assertThat(database.open()).isBetween(1, StoreCalls.MOST);
        database.thaw();
        assertThat(select(soon())).isEqualTo(1);
        assertThat(JdbcStoreContract.isTrueSoon(() -> database.open() == 0)).isTrue();
    }

    @Test
    void boundsThreadsOfAPoolThatGivesNoConnection() throws Exception {
        database.freezePool();

        Race.of(12, caller -> JdbcStoreContract.waitOf(() -> select(Deadline.in(SHORT))));

        assertThat(database.taken()).isBetween(1, StoreCalls.MOST);
        database.thaw();
        assertThat(JdbcStoreContract.isTrueSoon(() -> database.open() == 0)).isTrue();
        assertThat(database.calls()).as("of callers that have left").containsOnly("isClosed", "getAutoCommit", "close");
    }

    @Test
    void refusesACallAtOnceIfTooManyWait() throws Exception {
        database.freeze();
        int most = StoreCalls.MOST + WAITING;
        AtomicInteger refused = new AtomicInteger();

        Race.of(most + 4, caller -> {
            try {
                return select(Deadline.in(Duration.ofSeconds(1)));
            } catch (PosternException e) {
                return e.getCause() instanceof RejectedExecutionException ? refused.incrementAndGet() : 0;
            }
        });

        assertThat(refused.get()).isEqualTo(4);
        assertThat(calls.threads()).isEqualTo(StoreCalls.MOST);
    }

    @Test
    void neverInterruptsAThreadThatIsInTheDriver() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Boolean> wasInterrupted = new AtomicReference<>(true);
        StoreCalls.Work<Integer> work = connection -> {
            begun.countDown();
            try {
                left.await();
                wasInterrupted.set(false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            done.countDown();
            return 1;
        };

        assertThatThrownBy(() -> calls.call(work, Deadline.in(SHORT))).isInstanceOf(PosternException.class);
        begun.await();
        left.countDown();
        done.await();

        assertThat(wasInterrupted).hasValue(false);
    }

    @Test
    void aCallerThatIsInterruptedLeaves() {
        database.freeze();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> select(soon()))
                .isInstanceOf(PosternException.class)
                .hasMessage("The wait for the store was interrupted.");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void repeatsWorkThatLostARace() {
        for (String state : List.of("40001", "40P01", "23505", "90131")) {
            AtomicInteger attempts = new AtomicInteger();

            int answer = calls.call(
                    connection -> {
                        if (attempts.incrementAndGet() < 4) {
                            throw new SQLException("a deadlock", state);
                        }
                        return 7;
                    },
                    soon());

            assertThat(answer).isEqualTo(7);
            assertThat(attempts).hasValue(4);
        }
    }

    @Test
    void repeatsNothingElse() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> calls.call(
                        connection -> {
                            attempts.incrementAndGet();
                            throw new SQLException("no such column\nand more");
                        },
                        soon()))
                .isInstanceOf(PosternException.class)
                .hasMessage("The store failed: no such column")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void takesAnotherConnectionIfOneIsDead() {
        for (String state : List.of("08006", "08003", "57P01", "90067", "90098", "90121")) {
            AtomicInteger attempts = new AtomicInteger();

            int answer = calls.call(
                    connection -> {
                        if (attempts.incrementAndGet() <= StoreCalls.MOST) {
                            throw new SQLException("terminating connection", state);
                        }
                        return 7;
                    },
                    soon());

            assertThat(answer).isEqualTo(7);
        }
    }

    @Test
    void takesOnlySoManyConnections() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> calls.call(
                        connection -> {
                            attempts.incrementAndGet();
                            throw new SQLException("terminating connection", "57P01");
                        },
                        soon()))
                .isInstanceOf(PosternException.class);
        assertThat(attempts).hasValue(StoreCalls.MOST + 1);
    }

    @Test
    void asksAPoolOnceThatHasNoConnection() {
        database.refuse(new SQLException("Connection refused", "08001"));

        assertThatThrownBy(() -> select(soon()))
                .isInstanceOf(PosternException.class)
                .hasMessage("The store failed: Connection refused");
        assertThat(database.taken()).isEqualTo(1);
    }

    @Test
    void givesAStatementATimeOnlyIfTold() {
        select(soon());
        assertThat(database.calls()).doesNotContain("setQueryTimeout");

        calls.setQueryTimeouts();
        select(soon());
        assertThat(database.calls()).contains("setQueryTimeout");
    }

    @Test
    void abortsAConnectionThatCannotBeRolledBack() {
        assertThatThrownBy(() -> calls.call(
                        connection -> connection.transaction(one -> {
                            database.failRollbacks();
                            throw new SQLException("full");
                        }),
                        soon()))
                .isInstanceOf(PosternException.class);

        assertThat(database.calls()).anyMatch(call -> call.startsWith("abort "));
        assertThat(database.calls()).endsWith("setAutoCommit true", "close");
    }

    @Test
    void givesUpWorkThatLosesEveryRace() {
        assertThatThrownBy(() -> calls.call(
                        connection -> {
                            throw new SQLException("a deadlock", "40001");
                        },
                        Deadline.in(SHORT)))
                .isInstanceOf(PosternException.class);
    }

    @Test
    void anUnexpectedExceptionFailsTheCallAlone() {
        assertThatThrownBy(() -> calls.call(
                        connection -> {
                            throw new IllegalStateException("The pool was closed.");
                        },
                        soon()))
                .isInstanceOf(PosternException.class)
                .hasMessage("The store failed: The pool was closed.");
        assertThat(select(soon())).isEqualTo(1);
    }

    @Test
    void boundsTheDriverAndGivesTheConnectionBackAsItWas() {
        select(soon());

        assertThat(database.calls()).containsSubsequence("setNetworkTimeout 0", "close");
        assertThat(database.calls().get(1)).matches("setNetworkTimeout 1[23]\\d\\d\\d");
    }

    @Test
    void aTransactionThatFailsIsRolledBack() {
        select(soon());
        database.forgetCalls();

        assertThatThrownBy(() -> calls.call(
                        connection -> connection.transaction(one -> {
                            throw new SQLException("full");
                        }),
                        soon()))
                .isInstanceOf(PosternException.class);

        assertThat(database.calls()).containsSubsequence("setAutoCommit false", "rollback", "setAutoCommit true");
        assertThat(database.calls()).doesNotContain("commit");
    }

    @Test
    void refusesCallsAfterItsEnd() {
        calls.close();
        calls.close();

        assertThatThrownBy(() -> select(soon()))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("being stopped");
    }

    private int select(Deadline deadline) {
        return calls.call(
                connection -> {
                    try (var statement = connection.prepare(SELECT);
                            var found = statement.executeQuery()) {
                        return found.next() ? found.getInt(1) : 0;
                    }
                },
                deadline);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }
}
