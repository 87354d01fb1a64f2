package dev.postern.session.throttle;

import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.UserNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the failure counters of an attempt. Their keys are keyed hashes, so the map shows neither names nor addresses.
 * They do not depend on whether there is a user of that name.
 *
 * <table>
 * <caption>The counters of an attempt</caption>
 * <tr><th>Attempt</th><th>Counters</th></tr>
 * <tr><td>without a name</td><td>its address</td></tr>
 * <tr><td>with a token of that user</td><td>all such clients of the name together</td></tr>
 * <tr><td>any other</td><td>its name and address; its name; its address; for a second factor also second factors of its
 * name</td></tr>
 * </table>
 *
 * <p>A client that presents a token of the user has signed in as that user before (a device cookie, OWASP). Failures of
 * other clients do not make it wait. A token whose session was revoked counts for nothing here.
 *
 * <p>A right password resets the counter of the name from that address alone. Failures from elsewhere may be an
 * attacker's, who would have new free tries each time the user signs in. A right second factor resets that of second
 * factors too: an attacker who knows the password has no other way to new tries.
 *
 * <p>Names count as the most generous identity store compares them. The application is not asked for aliases, so that a
 * guess costs it nothing: each alias counts by itself. Safe for concurrent use.
 */
public final class AttemptKeys {

    private final TokenMint mint;
    private final Optional<ThrottleLimits> limits;
    private final Predicate<Token> isRevoked;

    /**
     * Keys for attempts under these limits.
     *
     * @param limits empty if nothing is limited: then no attempt has a counter
     * @param isRevoked whether the session of a token was revoked
     */
    public AttemptKeys(TokenMint mint, Optional<ThrottleLimits> limits, Predicate<Token> isRevoked) {
        this.mint = mint;
        this.limits = limits;
        this.isRevoked = isRevoked;
    }

    List<CounterKey> of(SignInThrottle.Attempt attempt) {
        return limits.map(known -> of(attempt, known)).orElse(List.of());
    }

    /** The counters of an attempt at the second factor of its name, from any address. */
    List<CounterKey> ofSecondFactor(SignInThrottle.Attempt attempt) {
        return limits.map(known -> ofSecondFactor(attempt, known)).orElse(List.of());
    }

    private List<CounterKey> ofSecondFactor(SignInThrottle.Attempt attempt, ThrottleLimits known) {
        List<CounterKey> keys = of(attempt, known);
        if (attempt.name().isEmpty() || isFromADeviceOfTheUser(attempt)) {
            return keys;
        }
        String name = UserNames.counted(attempt.name().get());
        CounterKey ofSecondFactor =
                new CounterKey(mint.handle("tries second factor", name), known.ofSecondFactor(), true);
        return Stream.concat(keys.stream(), Stream.of(ofSecondFactor)).toList();
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
     * A failure counter that an attempt touches: its key, its limit, and whether a successful sign-in resets it.
     *
     * <p>Immutable.
     */
    record CounterKey(Handle key, ThrottleLimits.Limit limit, boolean isResetBySuccess) {

        FailureCountStore.CountSwap failed(FailureCount seen, Instant now) {
            return swap(seen, seen.afterFailure(limit, now));
        }

        FailureCountStore.CountSwap reset(FailureCount seen, Instant now) {
            return swap(seen, FailureCount.reset(now));
        }

        private FailureCountStore.CountSwap swap(FailureCount seen, FailureCount next) {
            return new FailureCountStore.CountSwap(key, seen, next, next.timeToLive(limit));
        }
    }
}
