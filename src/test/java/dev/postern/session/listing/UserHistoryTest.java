package dev.postern.session.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.EndedSession;
import dev.postern.Ending;
import dev.postern.session.durable.SessionArchive;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.token.Handle;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TokenMint;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserHistoryTest {

    private static final Instant BEGUN = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KeyRing keys = KeyRing.drawn(new byte[2 * KeyRing.KEY_BYTES]);
    private final TokenMint mint = new TokenMint("shop", () -> keys, new SecureRandom());

    @Test
    void showsWhatTheDatabaseHasOfTheUserInAnySpelling() {
        Handle session = Handle.parse("A".repeat(22)).orElseThrow();
        SessionArchive kept = (user, most, deadline) -> {
            assertThat(user).isEqualTo(mint.userHandle("ann"));
            assertThat(most).isEqualTo(100);
            assertThat(deadline.nanosLeft()).isBetween(1L, PATIENCE.toNanos());
            return List.of(new PastSession(session, BEGUN, BEGUN.plusSeconds(60), Ending.SIGNED_OUT));
        };

        assertThat(new UserHistory(Optional.of(kept), mint, PATIENCE).of("Ann", 100))
                .containsExactly(new EndedSession(session.text(), BEGUN, BEGUN.plusSeconds(60), Ending.SIGNED_OUT));
    }

    @Test
    void namesTheSettingWhereThereIsNone() {
        assertThatThrownBy(() -> new UserHistory(Optional.empty(), mint, PATIENCE).of("ann", 100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("postern.store.history");
    }
}
