package dev.postern.session;

import java.time.Duration;

/**
 * Whether a sign-in may be tried now. To be closed when it is decided what has come of it.
 *
 * <p>For one request thread.
 */
public sealed interface Admission extends AutoCloseable {

    @Override
    void close();

    /** It may be tried again after the pause. It has counted for nothing, so it makes the pause no longer. */
    record TooMany(Duration pause) implements Admission {

        @Override
        public void close() {}
    }

    /** It may be tried. */
    record Admitted(Throttle throttle, Attempt attempt, Counting counting) implements Admission {

        /** The credential is wrong. */
        public void failed() {
            counting.fail();
            throttle.tellFailed(attempt);
        }

        /** The user proved who they are. */
        public void succeeded() {
            counting.succeed();
        }

        @Override
        public void close() {
            throttle.end(counting);
        }
    }
}
