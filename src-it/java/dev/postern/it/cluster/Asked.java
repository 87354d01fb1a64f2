package dev.postern.it.cluster;

/**
 * What a browser asked.
 *
 * <p>Immutable.
 *
 * @param node which of the nodes, from 0
 * @param presented the handle of the session whose token it sent; empty without one
 * @param user the name with which it signs in; empty otherwise
 */
record Asked(Action action, int node, String presented, String user) {

    static final String NOTHING = "";

    boolean isWithout() {
        return presented.isEmpty();
    }
}
