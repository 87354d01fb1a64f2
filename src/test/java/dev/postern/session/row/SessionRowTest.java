package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a session is alive, and why not. */
class SessionRowTest {

    private static final Duration TICK = Duration.ofMillis(1);

    private final Active row = (Active) new RowFormat()
            .decode(TestRows.live(Instant.parse("2026-11-01T12:00:00Z"), Duration.ofMinutes(30)))
            .orElseThrow();
    private final Handle handle = TestRows.key().session().orElseThrow();
    private final Instant created = row.times().created();
    private final Instant expires = row.times().expires();

    @Test
    void expiresExactlyAtItsDeadline() {
        assertThat(row.ifAlive(handle, Epoch.NONE, expires.minus(TICK))).contains(row);
        assertThat(row.ifAlive(handle, Epoch.NONE, expires)).isEmpty();
        assertThat(row.ending(handle, Epoch.NONE, expires)).contains(Ending.EXPIRED);
    }

    @Test
    void isEndedByALaterEpochAlone() {
        assertThat(row.ifAlive(handle, epoch(created), created)).contains(row);
        assertThat(row.ending(handle, epoch(created.plus(TICK)), created)).contains(Ending.REVOKED);
        assertThat(row.ending(handle, epoch(created.plus(TICK)), expires))
                .as("revoked before it expired")
                .contains(Ending.REVOKED);
    }

    @Test
    void isSparedByTheEpochOfItsOthers() {
        Epoch spares = Epoch.NONE.raisedTo(created.plus(TICK), Optional.of(handle));

        assertThat(row.ifAlive(handle, spares, created)).contains(row);
    }

    @Test
    void isOverForTheReasonOfItsTombstone() {
        Revoked tombstone = row.tombstone(created, Ending.EVICTED, TestRows.LIMITS.ordinary());

        assertThat(tombstone.ending(handle, Epoch.NONE, created)).contains(Ending.EVICTED);
        assertThat(tombstone.ifAlive(handle, Epoch.NONE, created)).isEmpty();
    }

    @Test
    void anEpochIsNoSession() {
        assertThat(Epoch.NONE.ifAlive(handle, Epoch.NONE, created)).isEmpty();
    }

    private static Epoch epoch(Instant notBefore) {
        return new Epoch(notBefore, Optional.empty());
    }
}
