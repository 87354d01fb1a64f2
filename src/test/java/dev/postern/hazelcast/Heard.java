package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.SessionOver;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The ended sessions that one node has reported. */
public final class Heard implements Consumer<SessionOver> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final List<SessionOver> overs = new CopyOnWriteArrayList<>();

    public static Heard at(Grid grid) {
        Heard heard = new Heard();
        grid.watch(RowCodec.plain(), heard);
        return heard;
    }

    @Override
    public void accept(SessionOver over) {
        overs.add(over);
    }

    /** Waits until the session has been reported. */
    public void awaits(RowKey key) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (of(key).isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        assertThat(of(key)).as("what was heard of " + key).hasSize(1);
    }

    List<SessionOver> of(RowKey key) {
        return overs.stream()
                .filter(over -> key.text().endsWith("." + over.handle()))
                .toList();
    }

    public List<SessionOver> all() {
        return overs;
    }
}
