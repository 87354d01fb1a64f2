package dev.postern.it.cluster;

import dev.postern.it.Rig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How a node of the server under test is made, started and given the application again. Nodes are counted from 0. */
interface Server {

    int NODES = 3;

    /** The server under test. */
    static Server underTest() {
        return Rig.onWildFly() ? new WildFlyServer() : new PayaraServer();
    }

    /** Its name and version. */
    String name();

    int httpPort(int node);

    /** Lays out everything that the node needs, with the application in it. */
    void prepare(int node) throws IOException;

    /** The words of the command that runs the node in the foreground. */
    List<String> command(int node);

    /** Takes the application off a running node and deploys it again, while the server stays up. */
    void redeploy(int node) throws IOException;

    /** Where the node's process writes. */
    Path log(int node);
}
