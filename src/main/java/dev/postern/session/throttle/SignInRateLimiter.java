package dev.postern.session.throttle;

import dev.postern.PosternException;
import dev.postern.SessionEvent.SignInThrottled;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.event.SessionEventListener;
import dev.postern.session.token.Handle;
import dev.postern.session.token.TokenMint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Bounds how often one user signs in, on all nodes together: so many times at once, and as many again spread over each
 * period that follows. Each sign-in leaves a row in the grid for hours, even when it is signed out at once.
 *
 * <p>It keeps one time for each user, the generic cell rate algorithm (ITU-T I.371). The time of a user who has not
 * signed in lately is forgotten, and so is, when too many are kept, the one that was not used for the longest time.
 * Safe for concurrent use.
 */
public final class SignInRateLimiter {

    /** Within what time the most sign-ins may be made again. */
    public static final Duration PERIOD = Duration.ofMinutes(10);

    /** How often others may be quicker; each time one of them has signed in. */
    private static final int ROUNDS = 500;

    private final FailureCountStore counts;
    private final TokenMint mint;
    private final int most;
    private final EventPublisher events;

    /** A rate of so many sign-ins in a period. */
    public SignInRateLimiter(FailureCountStore counts, TokenMint mint, int most, SessionEventListener listener) {
        this.counts = counts;
        this.mint = mint;
        this.most = most;
        this.events = new EventPublisher(listener);
    }

    /**
     * Asks for one more sign-in of the user, who has proved who they are. Zero when it may be made, and counts; else
     * how long to wait.
     *
     * @throws PosternException when the grid does not answer in time
     */
    public Duration claim(String user, String address) {
        Handle key = mint.handle("sign-ins", mint.userHandle(user).text());
        Deadline deadline = counts.deadline();
        for (int round = 0; round < ROUNDS; round++) {
            FailureCount seen = counts.read(Set.of(key), deadline).getOrDefault(key, FailureCount.NONE);
            Instant now = counts.now();
            Instant next = later(seen.at(), now).plus(PERIOD.dividedBy(most));
            Duration pause = Duration.between(now.plus(PERIOD), next);
            if (isLonger(pause, PERIOD)) { // of a clock that has been put back (HZ-29)
                next = now.plus(PERIOD);
            } else if (isLonger(pause, Duration.ZERO)) {
                events.reject(new SignInThrottled(Optional.of(user), address, now));
                return pause;
            }
            FailureCountStore.CountSwap swap =
                    new FailureCountStore.CountSwap(key, seen, new FailureCount(1, next), Duration.between(now, next));
            if (!counts.swap(List.of(swap), deadline).isEmpty()) {
                return Duration.ZERO;
            }
        }
        throw new PosternException(
                "The counter of the user's sign-ins changed each time that it was about to be written.");
    }

    private static boolean isLonger(Duration one, Duration other) {
        return one.compareTo(other) > 0;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
