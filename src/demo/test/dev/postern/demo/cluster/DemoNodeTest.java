package dev.postern.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a process that only waits for its input. */
class DemoNodeTest {

    @TempDir
    private Path directory = Path.of("");

    private final DemoNode[] started = new DemoNode[1];

    @AfterEach
    void end() {
        if (started[0] != null) {
            started[0].askToStop();
            started[0].awaitStop();
        }
    }

    @Test
    void killedNodeIsStoppedAndCanBeStartedAgain() throws Exception {
        DemoNode node = node();
        node.start();
        assertThat(node.state()).isEqualTo(DemoNode.State.STARTING);
        assertThat(node.pid()).isPositive();

        node.kill();
        assertThat(node.state()).isEqualTo(DemoNode.State.STOPPED);
        assertThat(node.pid()).isZero();

        node.start();
        assertThat(node.state()).isEqualTo(DemoNode.State.STARTING);
    }

    @Test
    void actionInTheWrongStateIsRefused() throws Exception {
        DemoNode node = node();

        assertThatThrownBy(node::kill).hasMessage("node 1 is stopped already");
        assertThatThrownBy(node::thaw).hasMessage("node 1 is stopped, not frozen");
        node.start();
        assertThatThrownBy(node::start).hasMessage("node 1 is starting, not stopped");
        assertThatThrownBy(node::freeze).hasMessage("node 1 is starting, not running");
    }

    private DemoNode node() {
        DemoNode node = new DemoNode(
                1,
                8080,
                new DemoNode.Launch(
                        List.of(DemoNode.java(), "-cp", System.getProperty("java.class.path"), Waiting.class.getName()),
                        Map.of(),
                        directory.resolve("log"),
                        "ready"));
        started[0] = node;
        return node;
    }

    /** A program that waits until its input ends. */
    static final class Waiting {

        private Waiting() {}

        public static void main(String[] args) throws Exception {
            int end = System.in.read();
            System.exit(end);
        }
    }
}
