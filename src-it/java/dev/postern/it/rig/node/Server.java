package dev.postern.it.rig.node;

import dev.postern.it.Rig;
import dev.postern.it.rig.client.Connection;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a node of a server is made, started and given the application again. Nodes are counted from 0.
 *
 * <p>Immutable.
 */
public interface Server {

    /** The server under test, with the application that echoes the caller; its sessions age so, and need so many members. */
    static Server underTest(Pace pace, int minimumMembers) {
        Layout layout = Layout.underTest();
        EchoWar war = new EchoWar(layout, pace, minimumMembers);
        return Rig.onWildFly()
                ? new WildFly(layout, "standalone.xml", WildFly::copyOfTheBuild, war)
                : new Payara(layout, "", war);
    }

    Layout layout();

    /** Its name and version. */
    String title();

    /** Lays out everything that the node needs, with the applications in it. */
    void prepare(int node) throws IOException;

    /** The words that follow {@code java} and the options of every JVM here. */
    List<String> command(int node);

    /** Takes {@code ROOT.war} off a running node and deploys it again, while the server stays up. */
    void redeploy(int node) throws IOException;

    /** The HTTP port. */
    default int port(int node) {
        return layout().port(node);
    }

    /** Where the node's process writes. */
    default Path log(int node) {
        return layout().directory(node).resolve("server.log");
    }

    /** Starts a node, which has been prepared, in the foreground of a process of its own. */
    default Process start(int node) throws IOException {
        if (isAnswered(port(node))) {
            throw new IllegalStateException("Another process answers at port " + port(node) + ".");
        }
        List<String> words = new ArrayList<>(layout().java(node));
        words.addAll(command(node));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log(node).toFile()))
                .start();
    }

    private static boolean isAnswered(int port) {
        try (Connection connection = new Connection(port, 1)) {
            return connection.isOpen();
        } catch (IOException e) {
            return false;
        }
    }
}
