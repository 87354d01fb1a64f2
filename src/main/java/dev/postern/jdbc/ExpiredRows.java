package dev.postern.jdbc;

import dev.postern.PosternException;
import dev.postern.session.concurrent.DaemonThreads;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.RateLimitedLog;
import java.lang.System.Logger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Deletes expired rows of all namespaces, and of the history: every minute, by one node at a time, in small steps with
 * pauses. So many expired rows neither block other calls nor fill a log of the database at once.
 *
 * <p>The column {@code cleaned} of the one row in {@code postern_schema} is the time at which a node last was at work.
 * A node begins if that is a minute ago, and goes on as long as no other node has changed it.
 *
 * <p>Its one daemon thread ends at the latest when this is closed. Safe for concurrent use.
 */
final class ExpiredRows implements AutoCloseable {

    /** How many rows one step deletes at most. */
    static final int STEP = 1000;

    static final Duration PERIOD = Duration.ofMinutes(1);

    /**
     * How long a row stays after it has expired: the clocks of two applications may differ that much. By the database's
     * own clock it has expired too, so a node with a wrong clock deletes no rows of others.
     */
    static final Duration MARGIN = Duration.ofMinutes(5);

    /** A time that is further in the future than this comes from a wrong clock. */
    private static final Duration FUTURE = Duration.ofHours(1);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final String BEGIN = "UPDATE postern_schema SET cleaned = ? WHERE cleaned <= ? OR cleaned > ?";
    private static final String GO_ON = "UPDATE postern_schema SET cleaned = ? WHERE cleaned = ?";
    private static final Logger LOG = System.getLogger(ExpiredRows.class.getName());

    private final RateLimitedLog log = new RateLimitedLog(LOG, System::nanoTime);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final StoreCalls calls;
    private final List<String> deletes;
    private final InstantSource clock;
    private final Thread worker;

    /** Deletes nothing before it is started. */
    ExpiredRows(StoreCalls calls, Dialect dialect, InstantSource clock, String namespace) {
        this.calls = calls;
        this.deletes = List.of(dialect.forgetRows(), dialect.forgetHistory());
        this.clock = clock;
        this.worker = new DaemonThreads("postern-store-" + namespace + "-expired").newThread(this::deleteNowAndThen);
    }

    ExpiredRows start() {
        worker.start();
        return this;
    }

    private void deleteNowAndThen() {
        while (!isClosedWithin(PERIOD)) {
            try {
                delete();
            } catch (PosternException e) {
                log.warnWithoutStack("Expired rows could not be deleted, which is tried again in a minute.", e);
            }
        }
    }

    /**
     * Deletes what has expired, if this node is the one to do it. Returns how many rows that were.
     *
     * @throws PosternException if the database does not answer
     */
    long delete() {
        Instant begun = clock.instant();
        boolean isTurn = isWritten(
                BEGIN,
                begun.toEpochMilli(),
                begun.minus(PERIOD).toEpochMilli(),
                begun.plus(FUTURE).toEpochMilli());
        return isTurn ? new Round(begun).delete() : 0;
    }

    /** What one node deletes in its turn. For one thread. */
    private final class Round {

        private final Instant before;
        private long mark;
        private long deleted;

        Round(Instant begun) {
            this.before = begun.minus(MARGIN);
            this.mark = begun.toEpochMilli();
        }

        long delete() {
            boolean unused = deletes.stream().allMatch(this::deletesAll);
            return deleted;
        }

        /** Whether no row is left for this statement. */
        private boolean deletesAll(String sql) {
            int step = step(sql);
            while (step == STEP && goesOn()) {
                step = step(sql);
            }
            return step < STEP;
        }

        private int step(String sql) {
            int step = ExpiredRows.this.step(sql, before);
            deleted += step;
            return step;
        }

        /** After a pause: false if this is closed, or if another node has taken the turn. */
        private boolean goesOn() {
            if (isClosedWithin(PAUSE)) {
                return false;
            }
            long now = clock.millis();
            boolean isKept = now == mark || isWritten(GO_ON, now, mark);
            mark = now;
            return isKept;
        }
    }

    private int step(String delete, Instant before) {
        return calls.call(
                connection -> {
                    try (PreparedStatement statement = connection.prepare(delete)) {
                        statement.setLong(1, before.toEpochMilli());
                        statement.setInt(2, STEP);
                        return statement.executeUpdate();
                    }
                },
                Deadline.in(PATIENCE));
    }

    /** Whether the statement with these values has changed the row. */
    private boolean isWritten(String update, long... values) {
        return calls.call(
                connection -> {
                    try (PreparedStatement statement = connection.prepare(update)) {
                        set(statement, values);
                        return statement.executeUpdate() > 0;
                    }
                },
                Deadline.in(PATIENCE));
    }

    private static void set(PreparedStatement statement, long... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setLong(i + 1, values[i]);
        }
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the thread after its step. Waits for it at most five seconds. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        try {
            worker.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
