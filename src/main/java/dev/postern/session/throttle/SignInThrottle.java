package dev.postern.session.throttle;

import dev.postern.PosternException;
import dev.postern.SessionEvent.SignInFailed;
import dev.postern.SessionEvent.SignInThrottled;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.throttle.AttemptKeys.CounterKey;
import dev.postern.session.token.ClientAddress;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Admits sign-ins until too many have failed, and from then on one after each wait, on all nodes together. A throttled
 * attempt asks no identity store, so its answer is the same whether or not there is such a user.
 *
 * <p>An attempt is admitted, then the identity store is asked, then {@link AttemptCounter} decides whether the client
 * may have the store's answer.
 *
 * <p>Every method throws {@link PosternException} when the cluster does not answer in time. Safe for concurrent use.
 */
public final class SignInThrottle {

    private final FailureCountStore counts;
    private final AttemptKeys keys;
    private final EventPublisher events;

    /** A throttle that fires an event for each failed and each throttled sign-in. */
    public SignInThrottle(FailureCountStore counts, AttemptKeys keys, EventPublisher events) {
        this.counts = counts;
        this.keys = keys;
        this.events = events;
    }

    /** Asks whether the attempt may be made. Reads the counters once. */
    public Admission admit(Attempt attempt) {
        return admit(attempt, keys.of(attempt));
    }

    /** Like {@link #admit}, for a second factor: those of one name are limited from all addresses together. */
    public Admission admitSecondFactor(Attempt attempt) {
        return admit(attempt, keys.ofSecondFactor(attempt));
    }

    private Admission admit(Attempt attempt, List<CounterKey> counted) {
        AttemptCounter counter = new AttemptCounter(counts, counted);
        Duration wait = counter.check();
        return wait.isZero() ? new Admitted(attempt, counter) : new Throttled(throttled(attempt, wait));
    }

    private Duration throttled(Attempt attempt, Duration wait) {
        events.fire(new SignInThrottled(attempt.name(), attempt.address(), counts.now()));
        return wait;
    }

    /**
     * A sign-in that is about to be tried.
     *
     * <p>Immutable.
     *
     * @param name the user's name; empty if the credential has none
     * @param address the client's address
     * @param presented the token that the client presents, also if its session has ended
     */
    public record Attempt(Optional<String> name, String address, Optional<Token> presented) {

        /** The client's network: that of an IPv6 address is its first 64 bits. */
        public String network() {
            return ClientAddress.network(address);
        }
    }

    /**
     * Whether a sign-in may be tried now. The caller closes it once the outcome is recorded.
     *
     * <p>For one request thread.
     */
    public sealed interface Admission extends AutoCloseable {

        @Override
        void close();
    }

    /** The sign-in may be tried again after the wait. It is not counted, so it makes the wait no longer. */
    public record Throttled(Duration retryAfter) implements Admission {

        @Override
        public void close() {}
    }

    /** The sign-in may be tried. Recording its outcome decides whether the client may learn it. */
    public final class Admitted implements Admission {

        private final Attempt attempt;
        private final AttemptCounter counter;
        private boolean isRecorded;

        private Admitted(Attempt attempt, AttemptCounter counter) {
            this.attempt = attempt;
            this.counter = counter;
        }

        /**
         * Counts a wrong credential. Zero if the client may be told; else how long it has to wait, because parallel
         * attempts have used up the free tries.
         */
        public Duration recordFailure() {
            isRecorded = true;
            Duration wait = counter.countFailure();
            if (!wait.isZero()) {
                return throttled(attempt, wait);
            }
            events.fire(new SignInFailed(attempt.name(), attempt.address(), counts.now()));
            return Duration.ZERO;
        }

        /**
         * Records a right credential. Zero if the client may be signed in; else how long it has to wait, because
         * parallel attempts have used up the free tries.
         */
        public Duration recordSuccess() {
            isRecorded = true;
            Duration wait = counter.countSuccess();
            return wait.isZero() ? wait : throttled(attempt, wait);
        }

        /**
         * Records a right credential after which a second factor is missing. It resets no counter, so that a known
         * password gives no new tries to guess the second factor. Zero if the sign-in may go on; else how long it has
         * to wait.
         */
        public Duration recordFirstFactor() {
            isRecorded = true;
            Duration wait = counter.countFirstFactor();
            return wait.isZero() ? wait : throttled(attempt, wait);
        }

        /** Refuses the attempt without a check of its credential, and without counting it. Gives the wait back. */
        public Duration refuse(Duration wait) {
            isRecorded = true;
            return throttled(attempt, wait);
        }

        /**
         * Counts a failure where no outcome was recorded and no try was free. Else an identity store that throws would
         * make guesses free.
         */
        @Override
        public void close() {
            if (!isRecorded && counter.hasNoFreeTry()) {
                isRecorded = true;
                Duration unused = counter.countFailure();
            }
        }
    }
}
