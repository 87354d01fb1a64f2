package dev.postern.it.rig.net;

import java.util.List;

/**
 * What the nodes are connected by.
 *
 * <p>For one thread.
 */
public interface Network extends AutoCloseable {

    /** The list of members that all nodes are given. */
    String members();

    /** What a command must begin with to run where the node is. */
    List<String> at(String node);

    @Override
    void close();
}
