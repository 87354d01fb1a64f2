package dev.postern.histories;

import dev.postern.testing.InMemoryCredentialsCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is under way, in the order in which it arrives. Time passes only here.
 *
 * <p>For one thread.
 */
final class Network {

    private final InMemoryCredentialsCache clock;
    private final PriorityQueue<Parcel> underWay =
            new PriorityQueue<>(Comparator.comparing(Parcel::at).thenComparing(Parcel::number));
    private long count;

    private record Parcel(Instant at, long number, Runnable arrival) {}

    Network(InMemoryCredentialsCache clock) {
        this.clock = clock;
    }

    void send(Duration delay, Runnable arrival) {
        underWay.add(new Parcel(clock.now().plus(delay), count++, arrival));
    }

    /** Lets time pass, and whatever arrives meanwhile arrive. */
    void pass(Duration time) {
        Instant end = clock.now().plus(time);
        while (!underWay.isEmpty() && !underWay.element().at.isAfter(end)) {
            Parcel next = underWay.remove();
            clock.setNow(next.at.isAfter(clock.now()) ? next.at : clock.now());
            next.arrival.run();
        }
        clock.setNow(end);
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
