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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a node answers when its client has given up is in the history all the same. */
class RecorderTest {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final History history = new History(System::nanoTime);
    private final Recorder recorder = new Recorder(history, PATIENCE);

    private final Held held = new Held("ann", "one", "token");

    @Test
    void writesALateAnswerDown() throws Exception {
        String answersTheFirstAfterTheSecond = "read number rest; read next; echo \"$number ENDED - - - \"; read end";
        Process slow = new ProcessBuilder("sh", "-c", answersTheFirstAfterTheSecond).start();
        Node node = new PipeNode("a", slow, text -> {});

        Answer seen = recorder.send(node, Request.Kind.END, held).join();
        assertThat(seen).isEqualTo(Answer.NONE);
        assertThat(recorder.underWay()).isEqualTo(1);

        CompletableFuture<Answer> second = recorder.send(node, Request.Kind.LOOK, held);
        await().until(() -> recorder.underWay() == 1);
        assertThat(history.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.has(Request.Kind.END, Answer.Outcome.ENDED))
                        .isTrue())
                .satisfies(call -> assertThat(call.millis()).isGreaterThanOrEqualTo(PATIENCE.toMillis()));
        node.kill();
        assertThat(second.join()).isEqualTo(Answer.NONE);
    }
}
