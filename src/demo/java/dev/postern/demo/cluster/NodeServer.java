package dev.postern.demo.cluster;

import java.io.IOException;
import java.util.List;

/** An application server of which the demo starts two nodes. Implementations are immutable. */
interface NodeServer {

    /** How far the Hazelcast ports of two nodes on one machine are apart. */
    int gridStep();

    /** What the server logs when it has started, also when it has refused the application. */
    String startedMarker();

    /** Makes what the nodes need in the directory of the run, where earlier runs have left nothing. */
    void prepare(DemoRun run) throws IOException, InterruptedException;

    /** What follows {@code java} on the command line, without the options that all nodes have. */
    List<String> command(DemoRun run, int number);
}
