package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoredUsersTest {

    private static final long KEPT = RestoredUsers.KEPT.toNanos();

    private final RestoredUsers users = new RestoredUsers();
    private final Handle user = TestRows.user(TestRows.key());

    @Test
    void knowsAUserWhileTheGridHasTheSameEpoch() {
        users.add(user, new byte[] {1, 2}, 0);

        assertThat(users.contains(user, Optional.of(new byte[] {1, 2}), 1)).isTrue();
        assertThat(users.contains(user, Optional.of(new byte[] {1, 3}), 1)).isFalse();
        assertThat(users.contains(user, Optional.empty(), 1)).isFalse();
        assertThat(users.contains(TestRows.user(TestRows.key()), Optional.of(new byte[] {1, 2}), 1))
                .isFalse();
    }

    @Test
    void forgetsAUserAfterTenMinutes() {
        users.add(user, new byte[1], 5);

        assertThat(users.contains(user, Optional.of(new byte[1]), 5 + KEPT - 1)).isTrue();
        assertThat(users.contains(user, Optional.of(new byte[1]), 5 + KEPT)).isFalse();
    }

    @Test
    void forgetsTheOldestIfThereAreTooMany() {
        users.add(user, new byte[1], 0);
        Handle second = TestRows.user(TestRows.key());
        users.add(second, new byte[1], 0);
        users.add(user, new byte[2], 0);
        for (int i = 0; i < RestoredUsers.MOST - 1; i++) {
            users.add(TestRows.user(TestRows.key()), new byte[1], 0);
        }

        assertThat(users.contains(second, Optional.of(new byte[1]), 0)).isFalse();
        assertThat(users.contains(user, Optional.of(new byte[2]), 0)).isTrue();
    }
}
