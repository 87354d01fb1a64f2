package dev.postern.session.throttle;

import java.time.Duration;

/**
 * Whether a sign-in may be tried now. To be closed when it is decided what has come of it.
 *
 * <p>For one request thread.
 */
public sealed interface SignInAdmission extends AutoCloseable {

    @Override
    void close();

    /** It may be tried again after the pause. It has counted for nothing, so it makes the pause no longer. */
    record TooMany(Duration pause) implements SignInAdmission {

        @Override
        public void close() {}
    }

    /** It may be tried. Its end decides whether the client may be told what has come of it. */
    final class Admitted implements SignInAdmission {

        private final SignInThrottle throttle;
        private final SignInThrottle.Attempt attempt;
        private final AttemptCounter counter;
        private boolean isDecided;

        Admitted(SignInThrottle throttle, SignInThrottle.Attempt attempt, AttemptCounter counter) {
            this.throttle = throttle;
            this.attempt = attempt;
            this.counter = counter;
        }

        /**
         * The credential is wrong, and is counted. Zero when the client may be told; else others have used up meanwhile
         * what was free, and the client is only told how long to wait.
         */
        public Duration failed() {
            isDecided = true;
            return told(counter.fail());
        }

        /** The user proved who they are. Zero when the client may be told and signed in; else as in {@link #failed}. */
        public Duration succeeded() {
            isDecided = true;
            Duration pause = counter.succeed();
            return pause.isZero() ? pause : refused(pause);
        }

        /**
         * There is no room to check the credential now: it counts for nothing, and may be tried again after the pause.
         */
        public Duration refused(Duration pause) {
            isDecided = true;
            return throttle.refuse(attempt, pause).pause();
        }

        private Duration told(Duration pause) {
            if (!pause.isZero()) {
                return refused(pause);
            }
            throttle.tellFailed(attempt);
            return pause;
        }

        /** After a wait an attempt counts as well when it could not be told whether the credential is right. */
        @Override
        public void close() {
            if (!isDecided && counter.isAfterAWait()) {
                isDecided = true;
                Duration unused = counter.fail();
            }
        }
    }
}
