package dev.postern.session.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("L1")
class RecentDropsTest {

    private static final long SETTLING = Duration.ofSeconds(10).toNanos();

    private final Random random = new Random(1);
    private final RecentDrops drops = new RecentDrops(Duration.ofNanos(SETTLING));
    private final Handle user = handle();
    private final RowKey key = RowKey.session(user, handle());

    private Handle handle() {
        byte[] bytes = new byte[Handle.BYTES];
        random.nextBytes(bytes);
        return Handle.of(bytes);
    }

    @Test
    void settlesAfterAWhile() {
        assertThat(drops.isSettling(key, 0)).isFalse();

        drops.add(key.text(), false, 7);

        assertThat(drops.isSettling(key, 7)).isTrue();
        assertThat(drops.isSettling(key, 6 + SETTLING)).isTrue();
        assertThat(drops.isSettling(key, 7 + SETTLING)).isFalse();
        assertThat(drops.isSettling(RowKey.session(user, handle()), 7)).isFalse();
        assertThat(drops.hasEnded(key)).isFalse();
    }

    @Test
    void aDropOfAUserIsOneOfEachSession() {
        drops.add(RowKey.epoch(user).text(), false, 7);

        assertThat(drops.isSettling(key, 7)).isTrue();
        assertThat(drops.isSettling(RowKey.session(handle(), handle()), 7)).isFalse();
        assertThat(drops.hasEnded(key)).isFalse();
    }

    @Test
    void whatIsOverStaysSo() {
        drops.add(key.text(), true, 7);
        drops.add(key.text(), false, 8);

        assertThat(drops.hasEnded(key)).isTrue();
        assertThat(drops.isSettling(key, 7 + SETTLING)).isTrue();
    }

    @Test
    void keepsABoundedNumberInMind() {
        drops.add(key.text(), true, 7);
        for (int i = 1; i < RecentDrops.MOST; i++) {
            drops.add(RowKey.session(user, handle()).text(), true, 7);
        }
        assertThat(drops.hasEnded(key)).isTrue();

        drops.add(RowKey.session(user, handle()).text(), true, 7);

        assertThat(drops.hasEnded(key)).isFalse();
    }
}
