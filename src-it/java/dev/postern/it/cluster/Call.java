package dev.postern.it.cluster;

/**
 * One line of a history. The times are nanoseconds of this machine's monotonic clock.
 *
 * <p>Immutable.
 */
record Call(Asked asked, Answer answer, long startedAt, long endedAt) {

    private static final double NANOS_PER_MILLI = 1e6;

    boolean isAnswered() {
        return answer.status() != 0;
    }

    double millis() {
        return (endedAt - startedAt) / NANOS_PER_MILLI;
    }
}
