package dev.postern.session.throttle;

import dev.postern.PosternException;
import dev.postern.SessionEvent.SignInThrottled;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.token.Handle;
import dev.postern.session.token.TokenMint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Bounds how often one user signs in, on all nodes together. So many sign-ins may come at once, and as many again are
 * spread over each period that follows. Each sign-in leaves a row in the map for hours, also when it is signed out at
 * once.
 *
 * <p>Keeps one time for each user, by the generic cell rate algorithm (ITU-T I.371). The time of a user who has not
 * signed in for a period is forgotten. When the map is full, the time that was not used for longest is forgotten too.
 * Safe for concurrent use.
 */
public final class SignInRateLimiter {

    /** After what time without a sign-in the user has the whole burst again. */
    public static final Duration PERIOD = Duration.ofMinutes(10);

    /** How often other sign-ins of the user may be quicker. Each time one of them was made. */
    private static final int MOST_ROUNDS = 500;

    private final FailureCountStore counts;
    private final TokenMint mint;
    private final int most;
    private final EventPublisher events;

    /** A rate of so many sign-ins in a period. */
    public SignInRateLimiter(FailureCountStore counts, TokenMint mint, int most, EventPublisher events) {
        this.counts = counts;
        this.mint = mint;
        this.most = most;
        this.events = events;
    }

    /**
     * Claims one sign-in of a user who has proved who they are. Zero if it may be made, and is counted; else how long
     * to wait.
     *
     * @throws PosternException when the cluster does not answer in time
     */
    public Duration claim(String user, String address) {
        Handle key = mint.handle("sign-ins", mint.userHandle(user).text());
        Deadline deadline = counts.deadline();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            FailureCount seen = counts.read(Set.of(key), deadline).getOrDefault(key, FailureCount.NONE);
            Instant now = counts.now();
            Instant next = later(seen.at(), now).plus(PERIOD.dividedBy(most));
            Duration wait = Duration.between(now.plus(PERIOD), next);
            if (isLonger(wait, PERIOD)) { // of a clock that has been put back (HZ-29)
                next = now.plus(PERIOD);
            } else if (isLonger(wait, Duration.ZERO)) {
                events.fire(new SignInThrottled(Optional.of(user), address, now));
                return wait;
            }
            FailureCountStore.CountSwap swap =
                    new FailureCountStore.CountSwap(key, seen, new FailureCount(1, next), Duration.between(now, next));
            if (!counts.swap(List.of(swap), deadline).isEmpty()) {
                return Duration.ZERO;
            }
        }
        throw new PosternException("A sign-in could not be counted, because others of the user were quicker.");
    }

    private static boolean isLonger(Duration one, Duration other) {
        return one.compareTo(other) > 0;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
