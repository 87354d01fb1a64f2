package dev.postern.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInOvertakenException;
import dev.postern.session.SignInRequest;
import dev.postern.session.SignInSnapshot;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.Handle;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.PassingCache;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One user who signs in at any number of clients, and whose sessions are all ended now and then. It counts how often
 * that was acknowledged, and so knows which sign-ins are outdated, independent of the clock.
 *
 * <p>For one thread.
 */
final class SignInDesk {

    private static final SessionUser ANN = new SessionUser("ann", Set.of(), Map.of());
    private static final KeyRing RING = KeyRing.drawn(new byte[64]);

    private final InMemoryCredentialsCache twin =
            new InMemoryCredentialsCache(TestRows.LIFETIMES, Instant.parse("2026-11-01T12:00:00Z"));
    private final SessionKeeper keeper = keeper(new Interrupted(twin));
    private final SessionKeeper operators = keeper(twin);
    private final Deque<Started> started = new ArrayDeque<>();
    private final List<Begun> begun = new ArrayList<>();
    private int callsUntilAllEnd;
    private int ended;
    private int overtaken;

    private SessionKeeper keeper(CredentialsCache cache) {
        TokenMint mint = new TokenMint("shop", () -> RING, new Random(ended));
        return new SessionKeeper(TestRows.rows(cache, twin), mint, TestRows.LIMITS, new EventPublisher(event -> {}));
    }

    /** A sign-in, and how often all sessions had been ended before. */
    private record Started(SignInSnapshot start, int ended) {}

    private record Begun(Token token, int ended) {}

    /** Ends all sessions when it is called as often as it was told. */
    private final class Interrupted extends PassingCache {

        Interrupted(CredentialsCache cache) {
            super(cache);
        }

        private void count() {
            if (callsUntilAllEnd > 0 && --callsUntilAllEnd == 0) {
                endAll();
            }
        }

        @Override
        public Optional<byte[]> read(RowKey key, Deadline deadline) {
            count();
            return super.read(key, deadline);
        }

        @Override
        public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
            count();
            return super.rowsOf(user, deadline);
        }

        @Override
        public boolean create(RowKey key, byte[] row, Deadline deadline) {
            count();
            return super.create(key, row, deadline);
        }

        @Override
        public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
            count();
            return super.swap(key, seen, next, deadline);
        }
    }

    void start() {
        SignInSnapshot start = keeper.start(ANN.name());
        started.add(new Started(start, ended)); // only now the store reads the password
    }

    void signIn(boolean isOverTheLast) {
        if (started.isEmpty()) {
            return;
        }
        Started from = started.remove();
        Optional<Token> presented = isOverTheLast && !begun.isEmpty()
                ? Optional.of(begun.get(begun.size() - 1).token())
                : Optional.empty();
        int before = ended;
        try {
            LiveSession session = keeper.begin(
                            new SignInRequest(ANN, Set.of(), false, presented, draft -> {}, Optional.of(from.start())))
                    .orElseThrow();
            begun.add(new Begun(session.token(), from.ended()));
        } catch (SignInOvertakenException e) {
            assertThat(ended > from.ended())
                    .as("refused, and nobody had ended anything since %s", before)
                    .isTrue();
            overtaken++;
        }
    }

    void endAll() {
        operators.userSessions().endAll(ANN.name());
        ended++;
    }

    void endAllAtCall(int number) {
        callsUntilAllEnd = number;
    }

    void pass(int millis) {
        twin.pass(Duration.ofMillis(millis));
    }

    void jump(int seconds) {
        twin.jump(Duration.ofSeconds(seconds));
    }

    int overtaken() {
        return overtaken;
    }

    void requireOutdatedOnesToBeOver() {
        callsUntilAllEnd = 0;
        for (Begun one : begun) {
            if (one.ended() < ended) {
                assertThat(operators.resume(one.token().reveal(), ResumeRequest.PASSIVE))
                        .as("at once")
                        .isNotInstanceOf(ResumeResult.Live.class);
            }
        }
        assertThat(operators.userSessions().of(ANN.name()).size()).isLessThanOrEqualTo((int)
                begun.stream().filter(one -> one.ended() == ended).count());
    }

    /** The last token of each session. */
    void requireOthersToLive() {
        Map<Handle, Begun> last = new HashMap<>();
        begun.forEach(one -> last.put(one.token().session(), one));
        twin.pass(TestRows.LIMITS.touchEvery());
        for (Begun one : last.values()) {
            if (one.ended() == ended) {
                assertThat(operators.resume(one.token().reveal(), ResumeRequest.active(draft -> {})))
                        .isInstanceOf(ResumeResult.Live.class);
            }
        }
    }
}
