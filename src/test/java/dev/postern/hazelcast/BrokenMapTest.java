package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.hazelcast.FaultyGrid.Fault;
import dev.postern.hazelcast.FaultyGrid.Operation;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every failure of the grid becomes one exception, and once the grid works again the adapter reads what is stored. */
@Tag("P-118")
@Tag("X-28")
@Tag("G11")
class BrokenMapTest {

    private static final FaultyGrid GRID = new FaultyGrid(false);
    private static final FaultyGrid READING = new FaultyGrid(true);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final CredentialsCache cache = GRID.cache(PATIENCE);
    private final RowKey key = TestRows.key();
    private final byte[] row = TestRows.live(cache.now(), Duration.ofMinutes(30));
    private final byte[] next = TestRows.live(cache.now(), Duration.ofMinutes(30));

    @AfterEach
    void recover() {
        GRID.recover();
        READING.recover();
        Thread.interrupted();
    }

    @AfterAll
    static void stop() {
        GRID.close();
        READING.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void readThatFailsIsNeitherAbsenceNorARow(Fault fault) {
        assertReadThatFailsIsNoAnswer(GRID, cache, fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void readOnAThreadOfOursThatFailsIsNeitherAbsenceNorARow(Fault fault) {
        assertReadThatFailsIsNoAnswer(READING, READING.cache(PATIENCE), fault);
    }

    private void assertReadThatFailsIsNoAnswer(FaultyGrid grid, CredentialsCache read, Fault fault) {
        read.create(key, row, soon());

        breaks(grid, Operation.READ, fault, () -> read.read(key, soon()));

        assertThat(read.read(key, soon())).hasValue(row);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void creationThatFailsIsNotTakenForOneThatCameTooLate(Fault fault) {
        breaks(GRID, Operation.CREATE, fault, () -> cache.create(key, row, soon()));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void swapThatFailsIsNotTakenForOneThatWasLost(Fault fault) {
        cache.create(key, row, soon());

        breaks(GRID, Operation.SWAP, fault, () -> cache.swap(key, row, next, soon()));

        assertThat(cache.read(key, soon())).isPresent();
    }

    private static void breaks(FaultyGrid grid, Operation operation, Fault fault, ThrowingCallable call) {
        grid.fail(operation, fault);
        fault.strikeThread();
        assertThatThrownBy(call).isExactlyInstanceOf(PosternException.class);
        assertThat(Thread.interrupted()).isEqualTo(fault == Fault.INTERRUPT);
        grid.recover();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
