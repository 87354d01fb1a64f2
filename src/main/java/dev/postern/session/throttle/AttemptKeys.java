package dev.postern.session.throttle;

import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.UserNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says what an attempt counts for. Keys are keyed hashes, so that the grid shows neither names nor addresses. It makes
 * no difference whether there is a user of that name.
 *
 * <p>A client that presents a token which this cluster has issued to that very user has signed in as them before (a
 * device cookie, OWASP). Strangers who guess at the name cannot make it wait. All such clients of a name have one tally
 * together, however many tokens they hold. A token whose session was revoked counts for nothing here.
 *
 * <p>A right password forgives the failures of the name from that place alone: those from elsewhere may be an
 * attacker's, who would have new free attempts each time the user signs in.
 *
 * <p>Names count as the most generous identity store compares them. The application is not asked for aliases, so that a
 * guess costs it nothing: each of them counts for itself. Safe for concurrent use.
 */
public final class AttemptKeys {

    private final TokenMint mint;
    private final Optional<ThrottleLimits> limits;
    private final Predicate<Token> isRevoked;

    /**
     * A watch with these limits, or one that watches nothing. It asks of a token of the user whether its session was
     * revoked.
     */
    public AttemptKeys(TokenMint mint, Optional<ThrottleLimits> limits, Predicate<Token> isRevoked) {
        this.mint = mint;
        this.limits = limits;
        this.isRevoked = isRevoked;
    }

    List<CounterKey> of(SignInThrottle.Attempt attempt) {
        return limits.map(known -> of(attempt, known)).orElse(List.of());
    }

    private List<CounterKey> of(SignInThrottle.Attempt attempt, ThrottleLimits known) {
        String address = attempt.network();
        CounterKey ofAddress = new CounterKey(mint.handle("tries address", address), known.ofAddress(), false);
        if (attempt.name().isEmpty()) {
            return List.of(ofAddress);
        }
        String name = UserNames.counted(attempt.name().get());
        if (isFromADeviceOfTheUser(attempt)) {
            return List.of(new CounterKey(mint.handle("tries device", name), known.ofPair(), true));
        }
        return List.of(
                new CounterKey(mint.handle("tries pair", address + ' ' + name), known.ofPair(), true),
                new CounterKey(mint.handle("tries user", name), known.ofUser(), false),
                ofAddress);
    }

    private boolean isFromADeviceOfTheUser(SignInThrottle.Attempt attempt) {
        String name = attempt.name().orElseThrow();
        return attempt.presented()
                .filter(token -> UserNames.isText(name) && token.user().equals(mint.spelledHandle(name)))
                .filter(isRevoked.negate())
                .isPresent();
    }

    /**
     * One of the tallies that an attempt counts for, its limit, and whether a sign-in that succeeds proves the failures
     * to have been the user's own.
     *
     * <p>Immutable.
     */
    record CounterKey(Handle key, ThrottleLimits.Limit limit, boolean isForgiving) {

        FailureCountStore.CountSwap failed(FailureCount seen, Instant now) {
            return swap(seen, seen.failed(limit, now));
        }

        FailureCountStore.CountSwap forgiven(FailureCount seen, Instant now) {
            return swap(seen, FailureCount.forgiven(now));
        }

        FailureCountStore.CountSwap swap(FailureCount seen, FailureCount next) {
            return new FailureCountStore.CountSwap(key, seen, next, next.life(limit));
        }
    }
}
