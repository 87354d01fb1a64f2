package dev.postern.session.throttle;

import dev.postern.PosternException;
import dev.postern.SessionEvent.SignInFailed;
import dev.postern.SessionEvent.SignInThrottled;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.token.ClientAddress;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.util.Optional;

/**
 * Admits sign-ins until too many have failed, and from then on one after each wait, on all nodes together. A refused
 * attempt has asked no identity store, so it makes no difference whether there is such a user.
 *
 * <p>Every method throws {@link PosternException} when the grid does not answer in time. Safe for concurrent use.
 */
public final class SignInThrottle {

    private final FailureCountStore counts;
    private final AttemptKeys watch;
    private final EventPublisher events;

    /** A throttle that fires an event for what fails and what is refused. */
    public SignInThrottle(FailureCountStore counts, AttemptKeys watch, EventPublisher events) {
        this.counts = counts;
        this.watch = watch;
        this.events = events;
    }

    /** Asks whether the attempt may be made: one question to the grid. */
    public SignInAdmission admit(Attempt attempt) {
        AttemptCounter counter = new AttemptCounter(counts, watch.of(attempt));
        Duration wait = counter.begin();
        return wait.isZero() ? new SignInAdmission.Admitted(this, attempt, counter) : refuse(attempt, wait);
    }

    void tellFailed(Attempt attempt) {
        events.fire(new SignInFailed(attempt.name(), attempt.address(), counts.now()));
    }

    SignInAdmission.TooMany refuse(Attempt attempt, Duration wait) {
        events.fire(new SignInThrottled(attempt.name(), attempt.address(), counts.now()));
        return new SignInAdmission.TooMany(wait);
    }

    /**
     * A sign-in that is about to be tried: the name, where the credential has one, the client's address, and the token that
     * the client presents, also if its session has ended.
     *
     * <p>Immutable.
     */
    public record Attempt(Optional<String> name, String address, Optional<Token> presented) {

        /** The client's network: that of an IPv6 address is its first 64 bits. */
        public String network() {
            return ClientAddress.network(address);
        }
    }
}
