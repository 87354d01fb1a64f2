package dev.postern.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Pause;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a node answers when its client has given up is in the history all the same. */
class WireTest {

    private static final long LATE_SECONDS = Wire.PATIENCE.toSeconds() + 1;

    private final History history = new History(System::nanoTime);
    private final Wire wire = new Wire(history);

    @Test
    void writesALateAnswerDown() throws Exception {
        Process slow = new ProcessBuilder(
                        "sh", "-c", "read number rest; sleep " + LATE_SECONDS + "; echo $number 1 ENDED; read end")
                .start();
        NodeProcess node = new NodeProcess("a", slow, text -> {});

        Answer seen = wire.send(node, Request.Kind.END, new Held("ann", "one", "token"))
                .get(LATE_SECONDS, TimeUnit.SECONDS);

        assertThat(seen).isEqualTo(Answer.NONE);
        assertThat(wire.underWay()).isEqualTo(1);
        assertThat(Pause.untilTrue(Duration.ofSeconds(30), () -> wire.underWay() == 0))
                .isTrue();
        assertThat(history.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.has(Request.Kind.END, Answer.Outcome.ENDED))
                        .isTrue())
                .satisfies(call -> assertThat(call.millis()).isGreaterThan(Wire.PATIENCE.toMillis()));
        node.kill();
    }
}
