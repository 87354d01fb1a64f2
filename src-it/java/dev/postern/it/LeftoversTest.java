package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeftoversTest {

    /** More than the highest process id of any system. */
    private static final long RIG_THAT_IS_GONE = Integer.MAX_VALUE;

    private final List<Process> nodes = new ArrayList<>();

    @Test
    void nodeWhoseRigIsGoneIsLeftOver() throws IOException {
        assertThat(Leftovers.isLeftOver(node(RIG_THAT_IS_GONE))).isTrue();
    }

    @Test
    void nodeWhoseRigRunsIsNot() throws IOException {
        assertThat(Leftovers.isLeftOver(node(ProcessHandle.current().pid()))).isFalse();
    }

    @Test
    void processWithoutTheMarkIsNot() {
        assertThat(Leftovers.isLeftOver(ProcessHandle.current())).isFalse();
    }

    /** What is read on macOS; Linux has it for command lines as short as this one. */
    @Test
    void argumentsThatTheJdkKnowsSayItToo() throws IOException {
        assertThat(Leftovers.isLeftOver(Leftovers.known(node(RIG_THAT_IS_GONE).info())))
                .isTrue();
    }

    /** A shell that waits for a line. */
    private ProcessHandle node(long rig) throws IOException {
        Process node = new ProcessBuilder("sh", "-c", "read line", "-Dfaults.rig=" + rig).start();
        nodes.add(node);
        return node.toHandle();
    }

    @AfterEach
    void end() {
        nodes.forEach(Process::destroyForcibly);
    }
}
