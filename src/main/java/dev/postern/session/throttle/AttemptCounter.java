package dev.postern.session.throttle;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.throttle.AttemptKeys.CounterKey;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Counts one attempt. Its counters are read before the identity store is asked, which refuses cheaply. They decide
 * again when the store has answered:
 *
 * <table>
 * <caption>What the client learns (decisions 12 and 24)</caption>
 * <tr><th>The store says</th><th>No counter asks for a wait</th><th>A counter asks for a wait by now</th></tr>
 * <tr><td>wrong</td><td>each counter goes up by compare-and-set; the answer</td><td>how long to wait</td></tr>
 * <tr><td>right</td><td>the counter of name and address goes to zero; the answer</td><td>how long to wait</td></tr>
 * </table>
 *
 * <p>A wrong answer is given only after each counter went up from a state that asked for no wait. So a limit holds for
 * any number of parallel attempts on any number of nodes. A right one counts nowhere, so parallel right ones do not
 * refuse each other.
 *
 * <p>The check and the outcome have one deadline each. For one request thread.
 */
final class AttemptCounter {

    /** How often other attempts may be quicker. Each time one of them has been counted. */
    private static final int MOST_ROUNDS = 50;

    private final FailureCountStore counts;
    private final List<CounterKey> keys;
    private Map<Handle, FailureCount> seen = Map.of();
    private boolean hasNoFreeTry;

    AttemptCounter(FailureCountStore counts, List<CounterKey> keys) {
        this.counts = counts;
        this.keys = keys;
    }

    /** How long the attempt has to wait; zero if the identity store may be asked. */
    Duration check() {
        read(keys, counts.deadline());
        Instant now = counts.now();
        hasNoFreeTry = keys.stream()
                .anyMatch(key ->
                        count(key).remembered(key.limit(), now) >= key.limit().freeTries());
        return longestWait(keys, now);
    }

    /** Whether a counter of the attempt had no free try left at the check. */
    boolean hasNoFreeTry() {
        return hasNoFreeTry;
    }

    /** Counts a failure. Zero if the client may be told; else how long to wait. */
    Duration countFailure() {
        Deadline deadline = counts.deadline();
        List<CounterKey> left = new ArrayList<>(keys);
        for (int round = 0; !left.isEmpty(); round++) {
            if (round == MOST_ROUNDS) {
                throw new PosternException("A failed sign-in could not be counted, because others were quicker.");
            }
            if (round > 0) {
                read(left, deadline);
            }
            Instant now = counts.now();
            Duration wait = longestWait(left, now);
            if (!wait.isZero()) {
                return wait;
            }
            Set<Handle> written = counts.swap(
                    left.stream().map(key -> key.failed(count(key), now)).toList(), deadline);
            left.removeIf(key -> written.contains(key.key()));
        }
        return Duration.ZERO;
    }

    /**
     * Resets the counters whose failures can only have been the user's own. A failure that is counted meanwhile stays.
     * Zero if the client may be signed in; else how long to wait.
     */
    Duration countSuccess() {
        return countRight(true);
    }

    /** Like {@link #countSuccess}, and resets nothing: the second factor is still to come. */
    Duration countFirstFactor() {
        return countRight(false);
    }

    private Duration countRight(boolean isReset) {
        if (keys.isEmpty()) {
            return Duration.ZERO;
        }
        Deadline deadline = counts.deadline();
        read(keys, deadline);
        Instant now = counts.now();
        Duration wait = longestWait(keys, now);
        if (isReset && wait.isZero()) {
            List<FailureCountStore.CountSwap> resets = keys.stream()
                    .filter(key -> key.isResetBySuccess() && count(key).failures() > 0)
                    .map(key -> key.reset(count(key), now))
                    .toList();
            Set<Handle> unused = resets.isEmpty() ? Set.of() : counts.swap(resets, deadline);
        }
        return wait;
    }

    private Duration longestWait(Collection<CounterKey> some, Instant now) {
        return some.stream()
                .map(key -> count(key).waitLeft(key.limit(), now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private FailureCount count(CounterKey key) {
        return Objects.requireNonNullElse(seen.get(key.key()), FailureCount.NONE);
    }

    private void read(Collection<CounterKey> some, Deadline deadline) {
        seen = some.isEmpty()
                ? Map.of()
                : counts.read(some.stream().map(CounterKey::key).toList(), deadline);
    }
}
