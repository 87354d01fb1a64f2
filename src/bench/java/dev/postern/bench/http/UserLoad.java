package dev.postern.bench.http;

import dev.postern.it.Rig;
import java.time.Duration;
import java.util.Optional;

/**
 * How many users there are and how often each of them asks.
 *
 * <p>Immutable.
 *
 * @param pause from one request of a user to the next; empty if a user asks again as soon as its connection is free
 * @param leadIn how long they ask before a turn, without being measured: long enough for each to ask once. Uses that
 *     have fallen due to be noted since the last turn are noted then, as far as they have; a short turn would hold more of these writes
 *     than busy users bring about
 * @param length how long the turn of a way is; where users pause it is as long as Postern goes without noting a use, so that their
 *     share in its writes is right
 * @param rounds how often each way has its turn
 */
record UserLoad(int number, Optional<Duration> pause, Duration leadIn, Duration length, int rounds) {

    /** Few users who keep the servers busy. */
    static UserLoad busy() {
        Duration length = Duration.parse(Rig.value("bench.http.length"));
        return new UserLoad(
                Rig.number("bench.http.users"),
                Optional.empty(),
                length.dividedBy(2),
                length,
                Rig.number("bench.http.rounds"));
    }

    /** Many users who ask now and then. */
    static UserLoad occasional() {
        Duration pause = Duration.parse(Rig.value("bench.http.pause"));
        return new UserLoad(
                Rig.number("bench.http.occasional-users"),
                Optional.of(pause),
                pause,
                Duration.parse(Rig.value("bench.http.occasional-length")),
                Rig.number("bench.http.occasional-rounds"));
    }

    boolean isBusy() {
        return pause.isEmpty();
    }

    String title() {
        return pause.map(time -> number + " users who each ask once in " + time.toSeconds() + " s")
                .orElse(number + " busy users");
    }

    /** In the names of files. */
    String fileName() {
        return isBusy() ? "busy" : "occasional";
    }
}
