package dev.postern.it.faults;

import java.util.List;

/**
 * What the nodes are connected by.
 *
 * <p>For one thread.
 */
interface Network extends AutoCloseable {

    /** The list of members that all nodes are given. */
    String members();

    /** What a command must begin with to run where the node is. */
    List<String> at(String node);

    @Override
    void close();
}
