package dev.postern.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.testing.InMemoryCredentialsCache;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P-53")
class InMemoryCredentialsCacheTest extends CredentialsCacheContract {

    private final InMemoryCredentialsCache twin =
            new InMemoryCredentialsCache(TestRows.LIFETIMES, Instant.parse("2026-03-01T10:00:00Z"));

    @Override
    public CredentialsCache cache() {
        return twin;
    }

    @Override
    public Duration timeLeft(RowKey key) {
        return twin.timeLeft(key).orElse(Duration.ZERO);
    }

    @Test
    void dropsARowWhenItsTimeHasPassed() {
        RowKey key = TestRows.key();
        byte[] row = TestRows.live(twin.now(), Duration.ofMinutes(30));
        twin.create(key, row, soon());
        Duration life = twin.timeLeft(key).orElseThrow();

        twin.pass(life.minusMillis(1));
        assertThat(twin.read(key, soon())).isPresent();
        twin.pass(Duration.ofMillis(1));
        assertThat(twin.read(key, soon())).isEmpty();
        assertThat(twin.create(key, row, soon())).isTrue();
    }

    @Test
    void isBrokenUntilToldOtherwise() {
        twin.setBroken(true);
        assertThatThrownBy(() -> twin.read(TestRows.key(), soon())).isInstanceOf(PosternException.class);

        twin.setBroken(false);
        assertThat(twin.read(TestRows.key(), soon())).isEmpty();
    }
}
