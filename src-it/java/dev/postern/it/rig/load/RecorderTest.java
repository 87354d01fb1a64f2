package dev.postern.it.rig.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Request;
import dev.postern.it.rig.judge.History;
import dev.postern.it.rig.node.Node;
import dev.postern.it.rig.node.PipeNode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a node answers when its client has given up is in the history all the same. */
class RecorderTest {

    private final History history = new History(System::nanoTime);
    private final Recorder recorder = new Recorder(history, Duration.ofMillis(500));

    @Test
    void writesALateAnswerDown() throws Exception {
        Process slow = new ProcessBuilder(
                        "sh", "-c", "read number rest; sleep 1; echo \"$number ENDED - - - \"; read end")
                .start();
        Node node = new PipeNode("a", slow, text -> {});

        Answer seen = recorder.send(node, Request.Kind.END, new Held("ann", "one", "token"))
                .get(30, TimeUnit.SECONDS);
        assertThat(seen).isEqualTo(Answer.NONE);
        assertThat(recorder.underWay()).isEqualTo(1);

        await().until(() -> recorder.underWay() == 0);
        assertThat(history.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.has(Request.Kind.END, Answer.Outcome.ENDED))
                        .isTrue())
                .satisfies(call -> assertThat(call.millis()).isGreaterThan(500));
        node.kill();
    }
}
