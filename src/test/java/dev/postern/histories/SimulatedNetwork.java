package dev.postern.histories;

import dev.postern.testing.InMemoryCredentialsCache;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is under way, in the order in which it arrives. Time passes only here, and evenly, whatever the cluster's clock shows.
 *
 * <p>For one thread.
 */
final class SimulatedNetwork {

    private final InMemoryCredentialsCache clock;
    private final PriorityQueue<Parcel> underWay =
            new PriorityQueue<>(Comparator.comparingLong(Parcel::at).thenComparingLong(Parcel::number));
    private long count;

    private record Parcel(long at, long number, Runnable arrival) {}

    SimulatedNetwork(InMemoryCredentialsCache clock) {
        this.clock = clock;
    }

    void send(Duration delay, Runnable arrival) {
        underWay.add(new Parcel(clock.nanoTime() + delay.toNanos(), count++, arrival));
    }

    /** Lets time pass, and whatever arrives meanwhile arrive. */
    void pass(Duration time) {
        long end = clock.nanoTime() + time.toNanos();
        while (!underWay.isEmpty() && underWay.element().at <= end) {
            Parcel next = underWay.remove();
            passUntil(next.at);
            next.arrival.run();
        }
        passUntil(end);
    }

    private void passUntil(long nanos) {
        clock.pass(Duration.ofNanos(Math.max(0, nanos - clock.nanoTime())));
    }

    boolean isQuiet() {
        return underWay.isEmpty();
    }

    /** Lets the next parcel arrive early. */
    void hurryOne() {
        if (!underWay.isEmpty()) {
            underWay.remove().arrival.run();
        }
    }
}
