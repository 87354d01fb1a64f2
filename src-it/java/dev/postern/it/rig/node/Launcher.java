package dev.postern.it.rig.node;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts the nodes of one kind.
 *
 * <p>For one thread.
 */
interface Launcher extends AutoCloseable {

    /** A node in a process of its own, with these further arguments of its JVM; the watcher is told what it says by itself. */
    Node start(String node, List<String> jvm, Consumer<String> watcher) throws IOException;

    /** Takes away what the nodes needed; they have ended. */
    @Override
    void close();
}
